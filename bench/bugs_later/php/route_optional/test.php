<?php

require __DIR__ . '/router.php';

$failed = 0;
foreach ([
    '/' => 'home',
    '/blog/2024/05' => '05 of 2024',
    '/blog/2024/05/' => '05 of 2024',
    '/tag/a%20b' => 'tag a b',
    '/tag' => null,
    '/blog/2024' => 'all of 2024',
    '/nowhere' => null,
] as $path => $wanted) {
    $found = blog()->call($path);
    if ($found !== $wanted) {
        echo "FAILED $path: ", var_export($found, true), "\n";
        $failed++;
    }
}
exit($failed > 0 ? 1 : 0);
