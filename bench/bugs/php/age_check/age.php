<?php

function age(string $born, string $today): int
{
    $from = new DateTimeImmutable($born);
    $to = new DateTimeImmutable($today);
    $years = (int) $to->format('Y') - (int) $from->format('Y');
    if ($to->format('d') < $from->format('d')) {
        $years--;
    }
    return $years;
}

function ticket(string $born, string $today): string
{
    $age = age($born, $today);
    if ($age < 6) {
        return 'free';
    }
    if ($age < 18 && $age > 65) {
        return 'reduced';
    }
    return 'full';
}
