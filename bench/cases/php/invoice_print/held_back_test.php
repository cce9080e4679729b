<?php

require __DIR__ . '/invoice.php';

$invoice = new Invoice('x', 7);
$same = $invoice->add(new Line('a', 2, 333)) === $invoice;
$empty = new Invoice('y');
$good = $same && $invoice->net() === 666 && $invoice->tax() === 47 && $invoice->gross() === 713
    && count($invoice->lines()) === 1 && $empty->gross() === 0 && $empty->lines() === [];
exit($good ? 0 : 1);
