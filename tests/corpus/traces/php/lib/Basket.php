<?php

namespace Shop;

class Basket
{
    public function __construct(private array $prices)
    {
    }

    public function total(): int
    {
        $total = 0;
        foreach ($this->prices as $price) {
            $total += $this->cents($price);
        }
        return $total;
    }

    private function cents(float $price): int
    {
        return (int) ($price * 100);
    }
}
