<?php

require __DIR__ . '/table.php';

function check(bool $holds, string $what): void
{
    echo ($holds ? 'ok ' : 'FAILED ') . $what . "\n";
    if (!$holds) {
        exit(1);
    }
}

$text = "city,kind,pieces\nRome,in,3\nOslo,in,2\nRome,out,1.5\n";
check(column([['a' => 1], []], 'a') === [1, null], 'column');
check(parse_table("a,b\n1,2\n") === [['a' => '1', 'b' => '2']], 'one row');
check(column(parse_table($text), 'city') === ['Rome', 'Oslo', 'Rome'], 'cities');
check(sum_by(parse_table($text), 'city', 'pieces') === ['Oslo' => 2.0, 'Rome' => 4.5], 'sums');
