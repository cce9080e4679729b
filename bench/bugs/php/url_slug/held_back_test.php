<?php

require __DIR__ . '/slug.php';

$words = 'alpha beta gamma delta epsilon zeta eta theta';
for ($longest = 5; $longest <= 50; $longest++) {
    $wanted = '';
    foreach (explode(' ', $words) as $word) {
        $longer = ltrim("$wanted-$word", '-');
        if (strlen($longer) > $longest) {
            break;
        }
        $wanted = $longer;
    }
    if (slug($words, $longest) !== $wanted) {
        echo "$longest: " . slug($words, $longest) . " is not $wanted\n";
        exit(1);
    }
}
