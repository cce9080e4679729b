<?php

function rate(string $kind): float
{
    return match ($kind) {
        'book' => 0.07,
        'tea' => 0.19,
    };
}

echo rate('wine');
