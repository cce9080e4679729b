<?php

require_once __DIR__ . '/league.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testNamesDecide(): void
    {
        $league = new League();
        $league->play('d', 'c', 0, 0);
        $league->play('b', 'a', 0, 0);
        $this->assertSame(['a', 'b', 'c', 'd'], array_column($league->table(), 'team'));
        $this->assertSame(4, $league->place('d'));
    }

    public function testManyTeams(): void
    {
        $league = new League();
        for ($n = 0; $n < 120; $n++) {
            $league->play('t' . ($n * 7) % 18, 'u' . ($n * 5) % 13, ($n * 3) % 5, ($n * 11) % 4);
        }
        $rows = $league->table();
        $this->assertCount(31, $rows);
        for ($at = 1; $at < 31; $at++) {
            [$one, $other] = [$rows[$at - 1], $rows[$at]];
            $this->assertGreaterThanOrEqual($other['points'], $one['points']);
            if ($one['points'] === $other['points']) {
                $this->assertGreaterThanOrEqual($other['goals'], $one['goals']);
                if ($one['goals'] === $other['goals']) {
                    $this->assertLessThan($other['team'], $one['team']);
                }
            }
        }
        $this->assertSame(1, $league->place($rows[0]['team']));
        $this->assertSame(31, $league->place($rows[30]['team']));
    }
}
