<?php

declare(strict_types=1);

/** Cents of a text such as `12.5`; an empty one is 0. */
function cents(string $text): int
{
    return (int) round((float) trim($text) * 100);
}

/**
 * Entries of a text: `text | account debit credit | account debit credit`, one a line, amounts with a point.
 *
 * @return array<string, array<string, int>> lines `account => cents` by text
 */
function entries(string $source): array
{
    $entries = [];
    foreach (array_filter(explode("\n", $source), trim(...)) as $line) {
        $parts = array_map(trim(...), explode('|', $line));
        $lines = [];
        foreach (array_slice($parts, 1) as $part) {
            [$account, $debit, $credit] = preg_split('/\s+/', $part);
            $lines[$account] = $debit - $credit;
        }
        $entries[$parts[0]] = $lines;
    }
    return $entries;
}
