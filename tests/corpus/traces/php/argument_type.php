<?php
declare(strict_types=1);

function cents(float $amount): int
{
    return (int) round($amount * 100);
}

echo cents('3.20');
