<?php

declare(strict_types=1);

require __DIR__ . '/Ledger.php';
require __DIR__ . '/entries.php';

const SOURCE = <<<'END'
sale | bank 119.00 0 | sales 0 100 | tax 0 19
rent | rent 50.5 0 | bank 0 50.5
typo | bank 10 0 | sales 0 1
loan | bank 1000 0 | loan 0 1000
END;

$ledger = new Ledger(['bank' => 'asset', 'rent' => 'expense', 'sales' => 'income', 'tax' => 'liability', 'loan' => 'liability']);
foreach (entries(SOURCE) as $text => $lines) {
    $ledger->book($text, $lines);
}
foreach ($ledger->sides() as $accounts) {
    foreach ($accounts as $account) {
        printf("%-6s %8.2f\n", $account, $ledger->shown($account) / 100);
    }
}
printf("profit %8.2f\n", $ledger->profit() / 100);
echo 'refused: ', implode(', ', $ledger->refused), "\n";
