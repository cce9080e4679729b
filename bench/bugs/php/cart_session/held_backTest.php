<?php

require_once __DIR__ . '/Cart.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testManyTimes(): void
    {
        $cart = new Cart();
        for ($n = 1; $n <= 4; $n++) {
            $cart->add('a', 10, $n);
            $cart->add('b', 1);
        }
        $this->assertSame(104, $cart->total());
        $cart->remove('a', 9);
        $this->assertSame(['a', 'b'], $cart->articles());
        $this->assertSame(14, $cart->total());
    }

    public function testBackAgain(): void
    {
        $cart = new Cart();
        $cart->add('a', 10, 3);
        $cart->remove('a', 5);
        $cart->add('a', 10);
        $this->assertSame(10, $cart->total());
    }
}
