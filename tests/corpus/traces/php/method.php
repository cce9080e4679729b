<?php

class Cart
{
    public function add(int $price): static
    {
        return $this;
    }
}

(new Cart())->add(3)->ad(4);
