<?php

declare(strict_types=1);

require __DIR__ . '/entries.php';
require __DIR__ . '/report.php';

$text = "cash; 12.50; coffee; food\nbank; -40; rent; home fixed\ncash; -3.25; bus\nbank; 100; pay; income fixed\n";

$entries = parse_all($text);
$printer = new Printer('$');
foreach (balances($entries) as $account => $cents) {
    $printer->row($account, $cents);
}
foreach (by_tag($entries) as $tag => $group) {
    $total = array_sum(array_column($group, 'cents'));
    $printer->row("#$tag", $total);
}
echo $printer->text(), "\n";
echo largest($entries)['note'], ' ', count($entries), "\n";
