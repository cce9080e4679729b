<?php

require __DIR__ . '/age.php';

$from = new DateTimeImmutable('1988-03-31');
for ($day = 0; $day < 3000; $day += 7) {
    $to = new DateTimeImmutable("2015-01-01 +$day days");
    if (age('1988-03-31', $to->format('Y-m-d')) !== $from->diff($to)->y) {
        echo $to->format('Y-m-d') . "\n";
        exit(1);
    }
}
$tickets = array_map(fn ($year) => ticket("$year-06-01", '2024-06-01'), [2019, 2018, 2007, 2006, 1959, 1958]);
exit($tickets === ['free', 'reduced', 'reduced', 'full', 'full', 'reduced'] ? 0 : 1);
