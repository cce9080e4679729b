<?php

declare(strict_types=1);

final class MoneyFormat
{
    public function __construct(private string $sign = '€')
    {
    }

    public function show(int $cents): string
    {
        return sprintf('%s,%02d %s', number_format(intdiv($cents, 100), 0, '', '.'), $cents % 100, $this->sign);
    }

    public function parse(string $text): int
    {
        $plain = str_replace(['.', $this->sign, ' '], '', $text);
        if (!preg_match('/^(-?)(\d+)(?:,(\d{2}))?$/', $plain, $found)) {
            throw new InvalidArgumentException("no amount: $text");
        }
        $cents = (int) $found[2] * 100 + (int) ($found[3] ?? 0);
        return $found[1] === '-' ? -$cents : $cents;
    }
}

/* lines of an account, each with its balance */
function statement(array $entries, int $balance = 0): array
{
    $format = new MoneyFormat();
    $lines = [];
    foreach ($entries as $text => $cents) {
        $balance += $cents;
        $lines[] = str_pad($text, 8) . $format->show($cents) . ' = ' . $format->show($balance);
    }
    return $lines;
}
