<?php

declare(strict_types=1);

require __DIR__ . '/Book.php';
require __DIR__ . '/Catalog.php';
require __DIR__ . '/Desk.php';

use Library\Catalog;
use Library\Desk;

$catalog = new Catalog();
$catalog->add('a1', 'Emma', ['Austen'], 2)->add('a2', 'Persuasion', ['Austen'], 1);
$catalog->add('e3', 'Middlemarch', ['Eliot'], 1)->add('a1', 'Emma', ['Austen'], 1);

$desk = new Desk($catalog, 2);
$desk->lend('ann', 'a1', 1);
$desk->lend('ann', 'a2', 3);
$last = $desk->lend('bob', 'e3', 5);

echo $catalog->size(), ' ', $catalog->find('a1')->copies, "\n";
foreach ($catalog->byAuthor('Austen') as $book) {
    echo $book->title, "\n";
}
echo count($desk->held('ann')), ' ', implode('; ', $desk->overdue(18)), "\n";
echo $desk->giveBack('ann', 'a2', 20), ' ', Desk::fine($last, 18), "\n";
try {
    $desk->lend('cy', 'e3', 6);
} catch (RuntimeException $error) {
    echo $error->getMessage(), "\n";
}
