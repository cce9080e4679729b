<?php

const LEVELS = ['debug' => 0, 'info' => 1, 'warning' => 2, 'error' => 3];

class Entry
{
    public $time;
    public $level;
    public $text;

    public function __construct($time, $level, $text)
    {
        $this->time = $time;
        $this->level = $level;
        $this->text = $text;
    }
}

/** The entries of a log, lines of the form `12:30:05 error: text`; other lines belong to the entry before. */
function entries(string $log): array
{
    $entries = [];
    foreach (explode("\n", trim($log)) as $line) {
        if (preg_match('/^(\d\d:\d\d:\d\d) (\w+): (.*)$/', $line, $found)) {
            $entries[] = new Entry($found[0], $found[1], $found[2]);
        } elseif ($entries) {
            end($entries)->text .= ' ' . trim($line);
        }
    }
    return $entries;
}

/** Entries of at least this level. */
function at_least(array $entries, string $level): array
{
    return array_filter($entries, fn ($entry) => LEVELS[$entry->level] >= LEVEL[$level]);
}

/** How many entries each hour has, by hour. */
function by_hour(array $entries): array
{
    $hours = [];
    foreach ($entries as $entry) {
        $hour = substr($entry->time, 0, 2);
        $hours[$hour] = ($hours[$hour] ?? 0) + 1;
    }
    return $hours;
}

$log = "09:10:00 info: up\n09:12:10 error: no disk\n  sda is gone\n10:00:01 warning: slow\n10:00:02 error: stopped\n";
foreach (at_least(entries($log), 'warning') as $entry) {
    echo str_pad($entry->level, 8), $entry->text, "\n";
}
foreach (by_hour(entries($log)) as $hour => $count) {
    echo "$hour: $count\n";
}
