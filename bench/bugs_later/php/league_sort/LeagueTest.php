<?php

require_once __DIR__ . '/league.php';

use PHPUnit\Framework\TestCase;

final class LeagueTest extends TestCase
{
    public function testPoints(): void
    {
        $league = new League();
        $league->play('a', 'b', 1, 1);
        $this->assertSame([1, 1], array_column($league->table(), 'points'));
    }

    public function testWinnerIsFirst(): void
    {
        $league = new League();
        $league->play('a', 'b', 0, 2);
        $this->assertSame(['b', 'a'], array_column($league->table(), 'team'));
        $this->assertSame(2, $league->place('a'));
    }

    public function testGoalsDecide(): void
    {
        $league = new League();
        $league->play('a', 'x', 1, 0);
        $league->play('b', 'y', 3, 0);
        $this->assertSame(['b', 'a', 'x', 'y'], array_column($league->table(), 'team'));
    }

    public function testUnknown(): void
    {
        $this->assertNull((new League())->place('z'));
    }
}
