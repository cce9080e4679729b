<?php

final class StockImport
{
    /** @var array<string, int> */
    public array $pieces = [];

    public array $problems = [];

    public int $read = 0;

    public function read(string $text): self
    {
        foreach (preg_split('/\R/', $text) as $at => $line) {
            if (trim($line) === '') {
                break;
            }
            if (str_starts_with($line, '#')) { continue; }
            $parts = array_map('trim', str_getcsv($line, ';', '"', ''));
            if (count($parts) !== 2) {
                $this->problems[] = sprintf('line %d: %d columns', $at + 1, count($parts));
                continue;
            }
            [$article, $count] = $parts;
            if (!ctype_digit($count)) {
                $this->problems[] = sprintf('line %d: no count: %s', $at + 1, $count);
            } else {
                $article = strtoupper($article);
                $this->pieces[$article] = (int) $count;
                $this->read++;
            }
        }
        return $this;
    }

    public function report(): string
    {
        ksort($this->pieces);
        $lines = [];
        foreach ($this->pieces as $article => $count) {
            $lines[] = sprintf('%-6s %4d', $article, $count);
        }
        $lines[] = sprintf('%d lines, %d problems', $this->read, count($this->problems));
        return implode("\n", $lines);
    }
}
