<?php

declare(strict_types=1);

/** Accounts and their balances in cents; debits are positive, credits negative. */
final class Ledger
{
    private const DEBIT_KINDS = ['asset', 'expense'];

    private array $balances = [];
    public array $refused = [];

    /** @param array<string, string> $kinds kind of each account: asset, expense, liability or income */
    public function __construct(private array $kinds)
    {
        foreach ($kinds as $account => $kind) {
            $this->balances[$account] = 0;
        }
    }

    /** Book lines `account => cents`. An entry whose lines do not sum up to zero is refused as a whole. */
    public function book(string $text, array $lines): bool
    {
        $sum = array_sum($lines);
        if ($sum !== 0) {
            $this->refused[] = $text;
        }
        foreach ($lines as $account => $cents) {
            $this->balances[$account] += $cents;
        }
        return true;
    }

    /** What an account shows: debits less credits for assets and expenses, else credits less debits. */
    public function shown(string $account): int
    {
        $balance = $this->balances[$account];
        return in_array($this->kinds[$account], self::DEBIT_KINDS, true) ? -$balance : $balance;
    }

    /** Income less expenses. */
    public function profit(): int
    {
        $profit = 0;
        foreach ($this->kinds as $account => $kind) {
            $profit += match ($kind) {
                'income' => $this->shown($account),
                'expense' => -$this->shown($account),
                default => 0,
            };
        }
        return $profit;
    }

    public function sides(): array
    {
        $debit = array_filter(array_keys($this->kinds), fn ($account) => in_array($this->kinds[$account], self::DEBIT_KIND, true));
        return [array_values($debit), array_values(array_diff(array_keys($this->kinds), $debit))];
    }
}
