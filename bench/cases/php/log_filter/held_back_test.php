<?php

ob_start();
require __DIR__ . '/filter.php';
ob_end_clean();

$entries = entries("noise\n01:02:03 debug: a: b\n\n23:59:59 error: c");
$good = count($entries) === 2
    && [$entries[0]->time, $entries[0]->level, trim($entries[0]->text)] === ['01:02:03', 'debug', 'a: b']
    && count(at_least($entries, 'info')) === 1
    && count(at_least($entries, 'debug')) === 2
    && array_values(by_hour($entries)) === [1, 1];
exit($good ? 0 : 1);
