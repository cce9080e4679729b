<?php

require __DIR__ . '/booking.php';

$hall = new Hall(3, 5);
$hall->book(1, 2);
$hall->book(2, 1);
$hall->book(3, 3);
$good = $hall->isFree(2, 3) && $hall->isFree(1, 1) && !$hall->isFree(3, 3)
    && $hall->bookTogether(4) === ['row' => 2, 'seats' => [2, 3, 4, 5]]
    && $hall->bookTogether(2) === ['row' => 1, 'seats' => [3, 4]]
    && $hall->bookTogether(2) === ['row' => 3, 'seats' => [1, 2]]
    && $hall->bookTogether(1) === ['row' => 1, 'seats' => [1]]
    && $hall->bookTogether(3) === null;
exit($good ? 0 : 1);
