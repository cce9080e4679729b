<?php

declare(strict_types=1);

final class Calendar
{
    private DateTimeImmutable $today;

    public function __construct(string $today)
    {
        $this->today = new DateTimeImmutable($today, new DateTimeZone('UTC'));
    }

    /**
     * Days from today to a day such as `2024-05-31`; negative if it has passed.
     */
    public function daysLeft(string $date): int
    {
        $day = new DateTimeImmutable($date, new DateTimeZone('UTC'));
        $left = $this->today->diff($day);
        return $left->d;
    }

    /**
     * "today", "tomorrow", "yesterday", "in 5 days" or "5 days ago".
     */
    public function say(string $date): string
    {
        $days = $this->daysLeft($date);
        return match (true) {
            $days === 0 => 'today',
            $days === 1 => 'tomorrow',
            $days === -1 => 'yesterday',
            $days > 0 => "in $days days",
            default => abs($days) . ' days ago',
        };
    }

    /** Names of what is due within so many days (but has not passed), soonest first. */
    public function due(array $dates, int $within = 7): array
    {
        $left = array_map($this->daysLeft(...), $dates);
        $due = array_filter($left, fn (int $days) => $days >= 0 && $days <= $within);
        asort($due);
        return array_keys($due);
    }
}
