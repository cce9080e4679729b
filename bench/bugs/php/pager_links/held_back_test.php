<?php

require __DIR__ . '/pager.php';

$cases = [
    [[1, 1, 2], ['1']],
    [[2, 2, 0], ['1', '2']],
    [[10, 10, 2], ['1', '...', '8', '9', '10']],
    [[4, 7, 2], ['1', '2', '3', '4', '5', '6', '7']],
    [[1, 5, 0], ['1', '...', '5']],
];
foreach ($cases as [$given, $wanted]) {
    if (page_links(...$given) !== $wanted) {
        echo json_encode($given) . ' gives ' . json_encode(page_links(...$given)) . "\n";
        exit(1);
    }
}
