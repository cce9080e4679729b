<?php

require_once __DIR__ . '/Calendar.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testDays(): void
    {
        $calendar = new Calendar('2024-02-28');
        $wanted = [
            '2024-02-28' => 0, '2024-03-01' => 2, '2024-03-28' => 29, '2025-02-28' => 366, '2024-02-27' => -1,
            '2024-01-28' => -31, '2023-02-28' => -365, '2023-12-31' => -59, '2034-02-28' => 3653,
        ];
        foreach ($wanted as $date => $days) {
            $this->assertSame($days, $calendar->daysLeft($date));
        }
    }

    public function testSay(): void
    {
        $calendar = new Calendar('2024-03-01');
        $this->assertSame('yesterday', $calendar->say('2024-02-29'));
        $this->assertSame('366 days ago', $calendar->say('2023-03-01'));
        $this->assertSame('in 31 days', $calendar->say('2024-04-01'));
    }

    public function testDue(): void
    {
        $calendar = new Calendar('2024-03-01');
        $dates = ['a' => '2024-03-31', 'b' => '2024-04-01', 'c' => '2024-03-01', 'd' => '2024-02-01'];
        $this->assertSame(['c', 'a', 'b'], $calendar->due($dates, 31));
        $this->assertSame(['c'], $calendar->due($dates, 0));
    }
}
