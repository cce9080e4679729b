<?php

require __DIR__ . '/Ledger.php';
require __DIR__ . '/entries.php';

$fails = 0;
$same = function (mixed $wanted, mixed $found) use (&$fails): void {
    if ($wanted !== $found) {
        $fails++;
        echo json_encode($wanted), ' ', json_encode($found), "\n";
    }
};
$same(['a' => ['x' => 110, 'y' => -110], 'b' => ['x' => 1, 'y' => 0]], entries("a | x 1.1 0 | y 0 1.10\n\n b | x .01 0 | y 0 0 "));
$same([], entries("\n"));
$same(29, cents('0.29'));
$ledger = new Ledger(['cash' => 'asset', 'debt' => 'liability', 'food' => 'expense', 'pay' => 'income']);
$same(true, $ledger->book('one', ['cash' => 500, 'pay' => -500]));
$same(false, $ledger->book('two', ['cash' => 1, 'pay' => -2]));
$same(true, $ledger->book('three', ['food' => 70, 'cash' => -20, 'debt' => -50]));
$same(['two'], $ledger->refused);
$same([480, 50, 70, 500], array_map($ledger->shown(...), ['cash', 'debt', 'food', 'pay']));
$same(430, $ledger->profit());
$same([['cash', 'food'], ['debt', 'pay']], $ledger->sides());
exit($fails > 0 ? 1 : 0);
