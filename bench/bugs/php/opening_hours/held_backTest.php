<?php

require_once __DIR__ . '/hours.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testAllMinutesOfADay(): void
    {
        $hours = ['tue' => [['06:00', '07:15'], ['08:00', '08:01'], ['20:00', '23:59']]];
        $open = 0;
        for ($minute = 0; $minute < 1440; $minute++) {
            $open += is_open($hours, 'tue', sprintf('%02d:%02d', intdiv($minute, 60), $minute % 60)) ? 1 : 0;
        }
        $this->assertSame(open_minutes($hours, 'tue'), $open);
        $this->assertFalse(is_open($hours, 'tue', '18:00'));
    }
}
