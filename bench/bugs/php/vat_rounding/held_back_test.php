<?php

require __DIR__ . '/vat.php';

foreach ([7, 19, 20] as $percent) {
    for ($cents = 0; $cents < 3000; $cents++) {
        $found = split_gross([$cents], $percent);
        $wanted = (int) round($cents * 100 / (100 + $percent));
        if ($found['net'] !== $wanted || $found['net'] + $found['tax'] !== $cents) {
            echo "$cents at $percent percent: {$found['net']}, not $wanted\n";
            exit(1);
        }
    }
}
