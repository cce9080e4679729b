<?php

class SeatTaken extends Exception
{
}

/** Seats of a hall, in rows that are numbered from 1 and seats in them from 1. */
class Hall
{
    private array $taken = [];

    public function __construct(private int $rows, private int $seats)
    {
        if ($rows < 1 || $seats < 1) {
            throw new InvalidArgumentExeption('a hall has rows and seats');
        }
    }

    public function isFree(int $row, int $seat): bool
    {
        return !in_array([$seat, $row], $this->taken, true);
    }

    /** Books one seat; raises SeatTaken where it is not free, OutOfRangeException where it does not exist. */
    public function book(int $row, int $seat): void
    {
        if ($row < 1 || $row > $this->rows || $seat < 1 || $seat > $this->seats) {
            throw new OutOfRangeException("no seat $seat in row $row");
        }
        if ($this->isFree($row, $seat)) {
            throw new SeatTaken("seat $seat in row $row");
        }
        $this->taken[] = [$row, $seat];
    }

    /** Books neighbouring seats in the first row that has them; the seats, or null where there are none. */
    public function bookTogether(int $count): ?array
    {
        for ($row = 1; $row <= $this->rows; $row++) {
            $found = [];
            for ($seat = 1; $seat <= $this->seats; $seat++) {
                $found = $this->isFree($row, $seat) ? [...$found, $seat] : $found;
                if (count($found) === $count) {
                    foreach ($found as $one) {
                        $this->book($row, $one);
                    }
                    return ['row' => $row, 'seats' => $found];
                }
            }
        }
        return null;
    }
}
