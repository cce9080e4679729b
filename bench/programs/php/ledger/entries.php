<?php

declare(strict_types=1);

function parse_line(string $line): array
{
    $parts = array_map('trim', explode(';', $line));
    $tags = $parts[3] ?? '';
    return [
        'account' => $parts[0],
        'cents' => to_cents($parts[1]),
        'note' => $parts[2] ?? '',
        'tags' => $tags === '' ? [] : explode(' ', $tags),
    ];
}

function to_cents(string $amount): int
{
    if (!is_numeric($amount)) {
        throw new UnexpectedValueException("no amount: $amount");
    }
    return (int) round((float) $amount * 100);
}

function parse_all(string $text): array
{
    $lines = array_filter(explode("\n", $text), fn (string $line) => strlen($line) > 0);
    return array_map(fn (string $line) => parse_line($line), $lines);
}
