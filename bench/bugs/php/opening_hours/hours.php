<?php

function minutes(string $time): int
{
    [$hours, $minutes] = explode(':', $time);
    return $hours * 60 + $minutes;
}

function is_open(array $hours, string $day, string $time): bool
{
    $now = minutes($time);
    foreach ($hours[$day] ?? [] as [$from, $to]) {
        return $now >= minutes($from) && $now < minutes($to);
    }
    return false;
}

function open_minutes(array $hours, string $day): int
{
    $sum = 0;
    foreach ($hours[$day] ?? [] as [$from, $to]) {
        $sum += minutes($to) - minutes($from);
    }
    return $sum;
}
