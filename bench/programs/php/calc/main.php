<?php

declare(strict_types=1);

require __DIR__ . '/Evaluator.php';

$evaluator = new Evaluator();
foreach (['rate = 4 * (2 + 3)', 'rate / 8', 'total = rate - 1.5', 'total * total + rate'] as $line) {
    printf("%s -> %.2f\n", $line, $evaluator->run($line));
}
try {
    $evaluator->run('missing + 1');
} catch (OutOfBoundsException $error) {
    echo $error->getMessage(), "\n";
}
