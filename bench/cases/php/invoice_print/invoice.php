<?php

declare(strict_types=1);

/** One line of an invoice; the price is in cents. */
final class Line
{
    public function __construct(
        public readonly string $text,
        public readonly int $count,
        public readonly int $price,
    ) {
    }

    public function total(): int
    {
        return $this->count * $this->prise;
    }
}

final class Invoice
{
    /** @var Line[] */
    private array $lines = [];

    public function __construct(private string $customer, private int $percent = 19)
    {
    }

    public function add(Line $line): self
    {
        $this->lines[] = $line;
    }

    public function net(): int
    {
        return array_sum(array_map(fn (Line $line) => $line->total(), $this->lines));
    }

    public function tax(): int
    {
        return round($this->net() * $this->percent / 100);
    }

    public function gross(): int
    {
        return $this->net() + $this->tax();
    }

    public function customer(): string
    {
        return $this->customer;
    }

    public function lines(): array
    {
        return $this->lines
    }
}
