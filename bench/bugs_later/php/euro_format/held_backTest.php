<?php

require_once __DIR__ . '/money.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testShow(): void
    {
        $format = new MoneyFormat('$');
        $wanted = [-1 => '-0,01 $', -99 => '-0,99 $', -100 => '-1,00 $', -101 => '-1,01 $', 99 => '0,99 $'];
        $wanted += [-100000 => '-1.000,00 $', -123456 => '-1.234,56 $', 100000 => '1.000,00 $', 5 => '0,05 $'];
        foreach ($wanted as $cents => $shown) {
            $this->assertSame($shown, $format->show($cents));
        }
    }

    public function testThereAndBack(): void
    {
        $format = new MoneyFormat();
        for ($cents = -1500; $cents <= 1500; $cents += 7) {
            $this->assertSame($cents, $format->parse($format->show($cents)));
        }
    }

    public function testStatement(): void
    {
        $this->assertSame(['a       -0,30 € = -0,20 €', 'b       0,20 € = 0,00 €'], statement(['a' => -30, 'b' => 20], 10));
    }
}
