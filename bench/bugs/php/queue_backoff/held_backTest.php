<?php

require_once __DIR__ . '/JobQueue.php';

use PHPUnit\Framework\TestCase;

final class held_backTest extends TestCase
{
    public function testALifeOfAJob(): void
    {
        $queue = new JobQueue(3, 5);
        $queue->push('bad');
        $queue->push('late', 12);
        $queue->push('good', 3);
        $calls = [];
        for ($now = 0; $now <= 20; $now++) {
            $queue->run(function ($name) use (&$calls, $now) {
                $calls[] = "$name $now";
                return $name !== 'bad';
            }, $now);
        }
        $this->assertSame(['bad 0', 'good 3', 'bad 5', 'late 12', 'bad 15'], $calls);
        $this->assertSame(['bad'], $queue->failed());
        $this->assertSame([], $queue->waiting());
    }
}
