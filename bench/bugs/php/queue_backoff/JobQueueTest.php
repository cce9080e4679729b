<?php

require_once __DIR__ . '/JobQueue.php';

use PHPUnit\Framework\TestCase;

final class JobQueueTest extends TestCase
{
    public function testDone(): void
    {
        $queue = new JobQueue();
        $queue->push('a');
        $queue->push('b');
        $this->assertSame(2, $queue->run(fn ($name) => true, 0));
        $this->assertSame([], $queue->waiting());
    }

    public function testLaterJobsDoNotHoldUpOthers(): void
    {
        $queue = new JobQueue();
        $queue->push('later', 100);
        $queue->push('now');
        $this->assertSame(1, $queue->run(fn ($name) => true, 5));
        $this->assertSame(['later' => 100], $queue->waiting());
    }

    public function testWaitsLongerEachTime(): void
    {
        $queue = new JobQueue();
        $queue->push('a');
        $queue->run(fn ($name) => false, 0);
        $this->assertSame(['a' => 10], $queue->waiting());
        $queue->run(fn ($name) => false, 10);
        $this->assertSame(['a' => 30], $queue->waiting());
    }

    public function testGivesUp(): void
    {
        $queue = new JobQueue(1);
        $queue->push('a');
        $queue->run(fn ($name) => false, 0);
        $this->assertSame(['a'], $queue->failed());
    }
}
