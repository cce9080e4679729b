<?php

function sum(array $rows)
{
    return $rows + 1;
}

echo sum([2]);
