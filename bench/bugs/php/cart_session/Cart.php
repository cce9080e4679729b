<?php

/** A cart: pieces and prices of articles, prices in cents. */
class Cart
{
    private array $items = [];

    /** Adds pieces of an article; pieces of an article that is there already are added up. */
    public function add(string $article, int $price, int $pieces = 1): void
    {
        $this->items[$article] = ['price' => $price, 'pieces' => $pieces];
    }

    /** Takes pieces away; an article without pieces is no longer in the cart. */
    public function remove(string $article, int $pieces = 1): void
    {
        if (!isset($this->items[$article])) {
            return;
        }
        $this->items[$article]['pieces'] -= $pieces;
        if ($this->items[$article]['pieces'] <= 0) {
            unset($this->items[$article]);
        }
    }

    public function total(): int
    {
        $total = 0;
        foreach ($this->items as $item) {
            $total += $item['price'] * $item['pieces'];
        }
        return $total;
    }

    public function articles(): array
    {
        return array_keys($this->items);
    }
}
