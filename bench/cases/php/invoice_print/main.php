<?php

declare(strict_types=1);

require __DIR__ . '/invoice.php';

function euros(int $cents): string
{
    return sprintf('%d.%02d', intdiv($cents, 100), $cents % 100);
}

$invoice = (new Invoice('Ann'))
    ->add(new Line('pens', 3, 150))
    ->add(new Line('ink', 1, 405));

echo "Invoice for {$invoice->customer()}\n";
foreach ($invoice->lines() as $line) {
    printf("%-6s %d x %s = %s\n", $line->text, $line->count, euros($line->price), euros($line->total()));
}
printf("net %s, tax %s, gross %s\n", euros($invoice->net()), euros($invoice->tax()), euros($invoice->gross()));
