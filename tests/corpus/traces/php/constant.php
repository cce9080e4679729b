<?php

class Limits
{
    const DAYS = 30;
}

function due(): int
{
    return Limits::DAY;
}

echo due();
