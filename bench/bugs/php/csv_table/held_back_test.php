<?php

require __DIR__ . '/table.php';

$rows = parse_table("id,name\n7,\"Smith, J.\"\n8,Ann\n\n");
$wanted = [['id' => '7', 'name' => 'Smith, J.'], ['id' => '8', 'name' => 'Ann']];
if ($rows !== $wanted || parse_table("a,b\n") !== []) {
    var_dump($rows);
    exit(1);
}
