<?php

require_once __DIR__ . '/rates.php';

use PHPUnit\Framework\TestCase;

final class RatesTest extends TestCase
{
    private Rates $rates;

    protected function setUp(): void
    {
        $this->rates = new Rates([0 => 0, 100000 => 20, 500000 => 40]);
    }

    public function testFirstSteps(): void
    {
        $this->assertSame(0, $this->rates->tax(100000));
        $this->assertSame(20000, $this->rates->tax(200000));
    }

    public function testAllSteps(): void
    {
        $this->assertSame(80000 + 40000, $this->rates->tax(600000));
    }

    public function testOneRate(): void
    {
        $this->assertSame(333, (new Rates([0 => 10]))->tax(3339));
    }

    public function testMargin(): void
    {
        $this->assertSame([0, 20, 40], array_map($this->rates->margin(...), [99999, 100000, 900000]));
    }

    public function testGross(): void
    {
        $this->assertSame(199999, $this->rates->grossFor(180000));
    }

    public function testBad(): void
    {
        $this->expectException(InvalidArgumentException::class);
        new Rates([5 => 10]);
    }
}
