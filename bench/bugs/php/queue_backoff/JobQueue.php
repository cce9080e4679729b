<?php

final class JobQueue
{
    private array $jobs = [];
    private array $failed = [];

    public function __construct(private int $attempts = 3, private int $wait = 10)
    {
    }

    public function push(string $name, int $due = 0): void
    {
        $this->jobs[] = ['name' => $name, 'due' => $due, 'tries' => 0];
    }

    public function run(callable $action, int $now): int
    {
        $done = 0;
        foreach ($this->jobs as $at => $job) {
            if ($job['due'] > $now) {
                break;
            }
            if ($action($job['name'])) {
                unset($this->jobs[$at]);
                $done++;
                continue;
            }
            $job['tries']++;
            if ($job['tries'] >= $this->attempts) {
                unset($this->jobs[$at]);
                $this->failed[] = $job['name'];
            } else {
                $job['due'] = $now + $this->wait * $job['tries'];
            }
        }
        return $done;
    }

    public function waiting(): array
    {
        return array_column($this->jobs, 'due', 'name');
    }

    public function failed(): array
    {
        return $this->failed;
    }
}
