<?php

declare(strict_types=1);

/** Results of a league: three points for a win, one for a draw. */
final class League
{
    private array $rows = [];

    public function play(string $home, string $away, int $goals, int $against): void
    {
        $this->enter($home, $goals, $against);
        $this->enter($away, $against, $goals);
    }

    private function enter(string $team, int $goals, int $against): void
    {
        $this->rows[$team] ??= ['team' => $team, 'points' => 0, 'goals' => 0, 'played' => 0];
        $row = &$this->rows[$team];
        $row['played']++;
        $row['goals'] += $goals - $against;
        $row['points'] += match ($goals <=> $against) {
            1 => 3,
            0 => 1,
            -1 => 0,
        };
    }

    /**
     * The rows from the first place to the last: most points first, then the best goal difference, then by name.
     */
    public function table(): array
    {
        $rows = array_values($this->rows);
        @usort($rows, fn ($one, $other) => $one['points'] > $other['points']);
        return $rows;
    }

    public function place(string $team): ?int
    {
        $at = array_search($team, array_column($this->table(), 'team'), true);
        return $at === false ? null : $at + 1;
    }
}
