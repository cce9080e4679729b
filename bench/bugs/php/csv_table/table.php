<?php

function parse_table(string $text): array
{
    $lines = array_filter(explode("\n", $text));
    $names = str_getcsv(array_shift($lines));
    $rows = [];
    foreach ($lines as $line) {
        $rows[] = array_combine(str_getcsv($line), $names);
    }
    return $rows;
}

function column(array $rows, string $name): array
{
    return array_map(fn ($row) => $row[$name] ?? null, $rows);
}

function sum_by(array $rows, string $key, string $value): array
{
    $sums = [];
    foreach ($rows as $row) {
        $sums[$row[$key]] = ($sums[$row[$key]] ?? 0) + (float) $row[$value];
    }
    ksort($sums);
    return $sums;
}
