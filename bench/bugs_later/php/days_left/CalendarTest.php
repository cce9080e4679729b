<?php

require_once __DIR__ . '/Calendar.php';

use PHPUnit\Framework\TestCase;

final class CalendarTest extends TestCase
{
    public function testSameMonth(): void
    {
        $this->assertSame(5, (new Calendar('2024-05-10'))->daysLeft('2024-05-15'));
    }

    public function testLater(): void
    {
        $this->assertSame(40, (new Calendar('2024-05-10'))->daysLeft('2024-06-19'));
    }

    public function testPast(): void
    {
        $this->assertSame('5 days ago', (new Calendar('2024-05-10'))->say('2024-05-05'));
    }

    public function testSay(): void
    {
        $calendar = new Calendar('2024-12-31');
        $this->assertSame('today', $calendar->say('2024-12-31'));
        $this->assertSame('tomorrow', $calendar->say('2025-01-01'));
    }

    public function testDue(): void
    {
        $calendar = new Calendar('2024-05-10');
        $dates = ['tax' => '2024-05-16', 'rent' => '2024-05-11', 'gift' => '2024-05-09', 'trip' => '2024-07-12'];
        $this->assertSame(['rent', 'tax'], $calendar->due($dates));
    }
}
