<?php

final class Point
{
    public function __construct(public readonly int $x)
    {
    }
}

function move(Point $point): void
{
    $point->x += 1;
}

move(new Point(3));
