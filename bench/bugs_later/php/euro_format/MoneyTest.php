<?php

require_once __DIR__ . '/money.php';

use PHPUnit\Framework\TestCase;

final class MoneyTest extends TestCase
{
    public function testShow(): void
    {
        $format = new MoneyFormat();
        $this->assertSame('0,00 €', $format->show(0));
        $this->assertSame('12,05 €', $format->show(1205));
        $this->assertSame('1.234.567,89 €', $format->show(123456789));
    }

    public function testNegative(): void
    {
        $this->assertSame('-12,05 €', (new MoneyFormat())->show(-1205));
    }

    public function testLessThanOne(): void
    {
        $this->assertSame('-0,50 €', (new MoneyFormat())->show(-50));
    }

    public function testParse(): void
    {
        $this->assertSame(-123456, (new MoneyFormat())->parse('-1.234,56 €'));
        $this->expectException(InvalidArgumentException::class);
        (new MoneyFormat())->parse('much');
    }

    public function testStatement(): void
    {
        $this->assertSame(['pay     10,00 € = 10,00 €', 'rent    -20,00 € = -10,00 €'], statement(['pay' => 1000, 'rent' => -2000]));
    }
}
