<?php

declare(strict_types=1);

function balances(array $entries): array
{
    $result = [];
    foreach ($entries as $entry) {
        $account = $entry['account'];
        $result[$account] = ($result[$account] ?? 0) + $entry['cents'];
    }
    return $result;
}

function by_tag(array $entries): array
{
    $groups = [];
    foreach ($entries as $entry) {
        foreach ($entry['tags'] as $tag) {
            $groups[$tag][] = $entry;
        }
    }
    ksort($groups);
    return $groups;
}

function largest(array $entries): array
{
    $best = $entries[0];
    foreach (array_slice($entries, 1) as $entry) {
        if (abs($entry['cents']) > abs($best['cents'])) {
            $best = $entry;
        }
    }
    return $best;
}

class Printer
{
    private array $lines = [];

    public function __construct(private string $currency)
    {
    }

    public function money(int $cents): string
    {
        $sign = $cents < 0 ? '-' : '';
        return $sign . $this->currency . number_format(abs($cents) / 100, 2);
    }

    public function row(string $label, int $cents): static
    {
        $this->lines[] = str_pad($label, 10, '.') . $this->money($cents);
        return $this;
    }

    public function text(): string
    {
        return implode("\n", $this->lines);
    }
}
