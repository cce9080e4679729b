<?php

declare(strict_types=1);

namespace App;

require __DIR__ . '/Queue.php';
require __DIR__ . '/Stats.php';

use Jobs\Job;
use Jobs\Queue;
use Jobs\Stats;
use RuntimeException;

function load(string $name): array
{
    $parts = explode('-', $name);
    return array_map('strtoupper', $parts);
}

$work = function (Job $job): string {
    if (str_starts_with($job->name, 'bad')) {
        throw new RuntimeException("{$job->name} is bad");
    }
    $parts = load($job->name);
    return implode('+', $parts);
};

$queue = new Queue($work, 2);
$queue->add('mail-ann', 1);
$queue->add('bad-disk', 5);
$queue->add('report-year-end', 3);
$rounds = $queue->run();
$summary = Stats::summarize($queue->done());
echo $rounds, ' ', implode(', ', $queue->failed()), "\n";
printf("%d %.1f %s\n", $summary['count'], $summary['mean'], $summary['longest']);
