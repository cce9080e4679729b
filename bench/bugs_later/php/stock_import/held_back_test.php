<?php

require __DIR__ . '/import.php';

$fails = 0;
foreach ([
    ["\n\r\n a;1\r\n\r\n\n b;2\n", ['A' => 1, 'B' => 2], 2, []],
    ["a;1\na;2\nb;5\nA ;4", ['A' => 7, 'B' => 5], 4, []],
    ["a;0\na;0", ['A' => 0], 2, []],
    ["\na;x\n\nb\na;2", ['A' => 2], 1, ['line 2: no count: x', 'line 4: 1 columns']],
    ['', [], 0, []],
    ["\"x;y\";2\n  \n\"X;Y\";3", ['X;Y' => 5], 2, []],
    ["#a;1\n\n#\na;1;2", [], 0, ['line 4: 3 columns']],
] as [$text, $pieces, $read, $problems]) {
    $import = (new StockImport())->read($text);
    $fails += [$import->pieces, $import->read, $import->problems] === [$pieces, $read, $problems] ? 0 : 1;
}
$twice = (new StockImport())->read('a;1')->read("\nb;1\na;2");
$fails += $twice->report() === "A         3\nB         1\n3 lines, 0 problems" ? 0 : 1;
exit($fails > 0 ? 1 : 0);
