<?php
// Faults: a misspelt function, a property without its object, a division by nothing.
class Shop
{
    private array $prices = [];

    public function add(string $name, int $price): void
    {
        $this->prices[$name] = $price;
    }

    public function average(): float
    {
        return array_sum($this->prices) / count($this->prices);
    }

    public function names(): string
    {
        return implode(",", array_keyes($prices));
    }
}

$shop = new Shop();
echo $shop->average(), "\n";
$shop->add("tea", 3);
$shop->add("cup", 5);
echo $shop->names(), " ", $shop->average(), "\n";
