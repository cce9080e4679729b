<?php

require __DIR__ . '/import.php';

assert_same(['A1' => 3, 'B2' => 4], (new StockImport())->read("# stock\na1;3\nB2 ; 4")->pieces);
assert_same(['line 1: 1 columns', 'line 2: no count: -3'], (new StockImport())->read("x\nA;-3")->problems);
assert_same(['A1' => 3, 'B2' => 4], (new StockImport())->read("a1;3\n\nB2;4\n")->pieces);
assert_same(['A1' => 10], (new StockImport())->read("a1;3\nA1;7")->pieces);
assert_same("A1        3\n1 lines, 0 problems", (new StockImport())->read('a1;3')->report());

function assert_same(mixed $wanted, mixed $found): void
{
    if ($wanted !== $found) {
        throw new RuntimeException(json_encode($found) . ' instead of ' . json_encode($wanted));
    }
}
