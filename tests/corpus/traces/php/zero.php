<?php

function share(float $part, float $whole): float
{
    return $part / $whole;
}

function main(): void
{
    printf("%.2f\n", share(3, 0));
}

main();
