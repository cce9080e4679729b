<?php

require __DIR__ . '/vat.php';

function same($expected, $found, string $what): void
{
    if ($expected !== $found) {
        echo "FAILED $what: expected " . var_export($expected, true) . ', found ' . var_export($found, true) . "\n";
        exit(1);
    }
    echo "ok $what\n";
}

same(['net' => 10000, 'tax' => 1900, 'gross' => 11900], split_gross([11900], 19), 'even');
same('1.234,50 EUR', money(123450), 'money');
same(['net' => 84, 'tax' => 16, 'gross' => 100], split_gross([60, 40], 19), 'rounds down');
same(['net' => 168, 'tax' => 32, 'gross' => 200], split_gross([200], 19), 'still down');
same(['net' => 841, 'tax' => 160, 'gross' => 1001], split_gross([1001], 19), 'again');
same(['net' => 252, 'tax' => 48, 'gross' => 300], split_gross([300], 19), 'more');
same(['net' => 93, 'tax' => 7, 'gross' => 100], split_gross([100], 7), 'seven');
same(['net' => 9, 'tax' => 2, 'gross' => 11], split_gross([11], 19), 'small');
same(['net' => 5, 'tax' => 0, 'gross' => 5], split_gross([5], 7), 'rounds up');
