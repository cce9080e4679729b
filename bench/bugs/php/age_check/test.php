<?php

require __DIR__ . '/age.php';

$failed = [];
foreach ([['2000-05-10', '2024-05-10', 24], ['2000-05-10', '2024-05-09', 23], ['2000-05-20', '2024-06-01', 24], ['2000-05-10', '2024-03-20', 23]] as [$born, $today, $wanted]) {
    if (age($born, $today) !== $wanted) {
        $failed[] = "age of $born on $today: " . age($born, $today);
    }
}
foreach (['2020-01-01' => 'free', '1990-01-01' => 'full', '2010-01-01' => 'reduced', '1950-01-01' => 'reduced'] as $born => $wanted) {
    if (ticket($born, '2024-01-01') !== $wanted) {
        $failed[] = "ticket of $born: " . ticket($born, '2024-01-01');
    }
}
echo implode("\n", $failed) ?: 'ok', "\n";
exit($failed ? 1 : 0);
