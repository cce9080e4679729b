<?php

ini_set('memory_limit', '6M');

function rows(): array
{
    $rows = [];
    while (true) {
        $rows[] = str_repeat('row', 10000);
    }
    return $rows;
}

rows();
