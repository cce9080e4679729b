<?php

require __DIR__ . '/pager.php';

function same(array|string $expected, array|string $found): void
{
    if ($expected !== $found) {
        echo 'FAILED: expected ' . json_encode($expected) . ', found ' . json_encode($found) . "\n";
        exit(1);
    }
}

same('/list', page_url('/list', 1));
same('/list?page=2', page_url('/list', 2));
same('/list?q=a&page=3', page_url('/list?q=a', 3));
same(['1', '2', '3'], page_links(1, 3));
same(['1', '2', '3', '...', '9'], page_links(1, 9));
same(['1', '...', '4', '5', '6', '...', '9'], page_links(5, 9, 1));
echo "ok\n";
