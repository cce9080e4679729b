<?php

require_once __DIR__ . '/tournament.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testEverybodyMeetsEverybodyOnce(): void
    {
        for ($count = 2; $count <= 9; $count++) {
            $teams = array_slice(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], 0, $count);
            $met = [];
            foreach (rounds($teams) as $pairs) {
                $this->assertCount(intdiv($count, 2), $pairs);
                foreach ($pairs as $pair) {
                    sort($pair);
                    $met[] = implode('-', $pair);
                }
            }
            $this->assertCount($count * ($count - 1) / 2, array_unique($met));
            $this->assertSame(count($met), count(array_unique($met)));
        }
    }

    public function testPoints(): void
    {
        $found = points([['x', 'y', 0, 1], ['y', 'x', 0, 0], ['z', 'y', 2, 2]]);
        $this->assertSame(['y' => 4, 'x' => 1, 'z' => 1], $found);
    }
}
