<?php

require_once __DIR__ . '/rates.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testTable(): void
    {
        $rates = new Rates([1000 => 15, 0 => 5, 10000 => 30, 2000 => 25]);
        $wanted = [0 => 0, 1 => 0, 19 => 0, 20 => 1, 1000 => 50, 1001 => 50, 1007 => 51, 2000 => 200, 10000 => 2200, 10010 => 2203, 20000 => 5200];
        foreach ($wanted as $cents => $tax) {
            $this->assertSame($tax, $rates->tax($cents), (string) $cents);
        }
    }

    public function testMoreIncomeIsNeverLessNet(): void
    {
        $rates = new Rates([0 => 0, 500 => 10, 700 => 50, 800 => 99]);
        for ($cents = 1; $cents < 1500; $cents++) {
            $this->assertGreaterThanOrEqual($rates->net($cents - 1), $rates->net($cents));
        }
    }

    public function testGross(): void
    {
        $rates = new Rates([0 => 10, 1000 => 45]);
        foreach ([0, 1, 500, 900, 901, 5000] as $net) {
            $gross = $rates->grossFor($net);
            $this->assertGreaterThanOrEqual($net, $rates->net($gross));
            if ($gross > 0) {
                $this->assertLessThan($net, $rates->net($gross - 1));
            }
        }
    }
}
