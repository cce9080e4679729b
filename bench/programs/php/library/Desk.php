<?php

declare(strict_types=1);

namespace Library;

use RuntimeException;

final class Desk
{
    public const FINE_CENTS = 25;
    public const LOAN_DAYS = 14;

    private array $loans = [];

    public function __construct(private Catalog $catalog, private int $limit)
    {
    }

    public function lend(string $member, string $isbn, int $day): array
    {
        $book = $this->catalog->find($isbn);
        if ($book->copies === 0) {
            throw new RuntimeException("{$book->title} is lent out");
        }
        if (count($this->held($member)) >= $this->limit) {
            throw new RuntimeException("$member holds too many");
        }
        $book->copies -= 1;
        $loan = ['member' => $member, 'isbn' => $isbn, 'day' => $day];
        $this->loans[] = $loan;
        return $loan;
    }

    public function giveBack(string $member, string $isbn, int $day): int
    {
        foreach ($this->loans as $index => $loan) {
            if ($loan['member'] === $member && $loan['isbn'] === $isbn) {
                unset($this->loans[$index]);
                $this->catalog->find($isbn)->copies += 1;
                return self::fine($loan, $day);
            }
        }
        throw new RuntimeException("$member does not hold $isbn");
    }

    public function held(string $member): array
    {
        return array_filter($this->loans, fn (array $loan) => $loan['member'] === $member);
    }

    public function overdue(int $day): array
    {
        $late = array_filter($this->loans, fn (array $loan) => self::fine($loan, $day) > 0);
        return array_map(fn (array $loan) => $loan['member'] . ': ' . $this->titleOf($loan), $late);
    }

    public static function fine(array $loan, int $day): int
    {
        $late = $day - $loan['day'] - self::LOAN_DAYS;
        return $late > 0 ? $late * self::FINE_CENTS : 0;
    }

    private function titleOf(array $loan): string
    {
        return $this->catalog->find($loan['isbn'])->title;
    }
}
