<?php

require __DIR__ . '/booking.php';

function check(bool $holds, string $what): void
{
    echo ($holds ? 'ok: ' : 'FAILED: ') . $what . "\n";
    if (!$holds) {
        exit(1);
    }
}

function thrown(callable $action): string
{
    try {
        $action();
    } catch (Exception $error) {
        return get_class($error);
    }
    return '';
}

$hall = new Hall(2, 4);
check($hall->isFree(1, 2), 'free at first');
check(thrown(fn () => $hall->book(3, 1)) === 'OutOfRangeException', 'no such row');
$hall->book(1, 3);
check(!$hall->isFree(1, 3), 'booked');
check(thrown(fn () => $hall->book(1, 3)) === 'SeatTaken', 'taken');
check($hall->bookTogether(3) === ['row' => 2, 'seats' => [1, 2, 3]], 'three together');
check($hall->bookTogether(3) === null, 'no three are left');
check(thrown(fn () => new Hall(0, 1)) === 'InvalidArgumentException', 'no hall');
