<?php

declare(strict_types=1);

namespace Jobs;

use Closure;
use RuntimeException;

final class Job
{
    public int $attempts = 0;

    public function __construct(public readonly string $name, public readonly int $priority)
    {
    }
}

final class Queue
{
    private array $waiting = [];
    private array $done = [];
    private array $failed = [];

    public function __construct(private Closure $work, private int $retries = 1)
    {
    }

    public function add(string $name, int $priority): void
    {
        $this->waiting[] = new Job($name, $priority);
        usort($this->waiting, fn (Job $a, Job $b) => $b->priority <=> $a->priority);
    }

    public function run(): int
    {
        $rounds = 0;
        while ($this->waiting !== []) {
            $job = array_shift($this->waiting);
            $rounds += 1;
            $this->attempt($job);
        }
        return $rounds;
    }

    public function done(): array
    {
        return $this->done;
    }

    public function failed(): array
    {
        return $this->failed;
    }

    private function attempt(Job $job): void
    {
        try {
            $result = ($this->work)($job);
            $this->done[$job->name] = $result;
        } catch (RuntimeException $error) {
            $job->attempts += 1;
            if ($job->attempts <= $this->retries) {
                $this->waiting[] = $job;
            } else {
                $this->failed[] = $job->name . ': ' . $error->getMessage();
            }
        }
    }
}
