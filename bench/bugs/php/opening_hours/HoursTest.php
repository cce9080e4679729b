<?php

require_once __DIR__ . '/hours.php';

use PHPUnit\Framework\TestCase;

final class HoursTest extends TestCase
{
    private const HOURS = ['mon' => [['09:00', '12:30'], ['14:00', '18:00']], 'sat' => [['10:00', '13:00']]];

    public function testMorning(): void
    {
        $this->assertTrue(is_open(self::HOURS, 'mon', '09:00'));
        $this->assertFalse(is_open(self::HOURS, 'mon', '08:59'));
    }

    public function testAfternoon(): void
    {
        $this->assertTrue(is_open(self::HOURS, 'mon', '15:00'));
    }

    public function testBreak(): void
    {
        $this->assertFalse(is_open(self::HOURS, 'mon', '12:30'));
    }

    public function testClosed(): void
    {
        $this->assertFalse(is_open(self::HOURS, 'sun', '10:00'));
    }

    public function testMinutes(): void
    {
        $this->assertSame(450, open_minutes(self::HOURS, 'mon'));
    }
}
