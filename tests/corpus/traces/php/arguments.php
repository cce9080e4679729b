<?php

function area(int $width, int $height): int
{
    return $width * $height;
}

function walls(array $rooms): array
{
    return array_map(fn (array $room) => area(...$room), $rooms);
}

walls([[3, 4], [5]]);
