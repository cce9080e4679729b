<?php

require_once __DIR__ . '/tournament.php';

use PHPUnit\Framework\TestCase;

final class TournamentTest extends TestCase
{
    public function testTwo(): void
    {
        $this->assertSame([[['a', 'b']]], rounds(['a', 'b']));
    }

    public function testFour(): void
    {
        $rounds = rounds(['a', 'b', 'c', 'd']);
        $this->assertCount(3, $rounds);
        $this->assertSame([['a', 'd'], ['b', 'c']], $rounds[0]);
    }

    public function testThree(): void
    {
        $this->assertSame([1, 1, 1], array_map('count', rounds(['a', 'b', 'c'])));
    }

    public function testPoints(): void
    {
        $found = points([['a', 'b', 1, 1], ['b', 'c', 3, 0], ['a', 'c', 0, 2]]);
        $this->assertSame(['b' => 3, 'c' => 2, 'a' => 1], $found);
    }

    public function testNoResults(): void
    {
        $this->assertSame([], points([]));
    }
}
