<?php

namespace Jobs;

$half = function ($value) {
    return intdiv($value, 0);
};

usort_by([4, 2], $half);

function usort_by(array $values, callable $key): array
{
    usort($values, fn ($a, $b) => $key($a) <=> $key($b));
    return $values;
}
