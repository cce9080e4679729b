<?php

require __DIR__ . '/slug.php';

$failed = 0;
$cases = [
    ['Hello World', 60, 'hello-world'],
    ['Größe & Maß', 60, 'groesse-mass'],
    ['', 60, ''],
    ['one two three', 9, 'one-two'],
    ['one two three', 7, 'one-two'],
    ['extraordinary', 5, 'extra'],
];
foreach ($cases as [$title, $longest, $wanted]) {
    $found = slug($title, $longest);
    if ($found !== $wanted) {
        echo "FAILED: '$title' gives '$found', not '$wanted'\n";
        $failed++;
    }
}
exit($failed === 0 ? 0 : 1);
