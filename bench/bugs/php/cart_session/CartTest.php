<?php

require_once __DIR__ . '/Cart.php';

use PHPUnit\Framework\TestCase;

final class CartTest extends TestCase
{
    public function testEmpty(): void
    {
        $this->assertSame(0, (new Cart())->total());
    }

    public function testTotal(): void
    {
        $cart = new Cart();
        $cart->add('pen', 150, 2);
        $cart->add('ink', 400);
        $this->assertSame(700, $cart->total());
    }

    public function testSameArticleTwice(): void
    {
        $cart = new Cart();
        $cart->add('pen', 150, 2);
        $cart->add('pen', 150);
        $this->assertSame(450, $cart->total());
    }

    public function testRemove(): void
    {
        $cart = new Cart();
        $cart->add('pen', 150, 2);
        $cart->remove('pen', 2);
        $cart->remove('ink');
        $this->assertSame([], $cart->articles());
    }
}
