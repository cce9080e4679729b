<?php

/*
 * Runs in a box: where each candidate stands. What is found for good goes to the report, one line a candidate.
 */

namespace Goldseam\Screen;

enum State
{
    case Open;
    case Found;
    /** It can be tried only in a process that has not read the project yet. */
    case Alone;
    case Late;
    case Died;
}

/** Candidates by their place: states, what was found, what was told already. */
final class Board
{
    /** @var list<State> */
    private array $states;
    /** @var array<int, array{bool, float, string, int}> promising, gain, evidence, tests mended, a bit each */
    private array $found = [];
    private array $told = [];

    public function __construct(public readonly int $count, private readonly string $report)
    {
        $this->states = $count ? array_fill(0, $count, State::Open) : [];
    }

    public function state(int $at): State
    {
        return $this->states[$at];
    }

    public function set(int $at, State $state): void
    {
        $this->states[$at] = $state;
    }

    /** @return list<int> candidates in one of these states */
    public function those(State ...$states): array
    {
        return array_keys(array_filter($this->states, static fn (State $one): bool => in_array($one, $states, true)));
    }

    public function find(int $at, bool $isPromising, float $gain, string $evidence, int $mended = 0): void
    {
        $this->states[$at] = State::Found;
        $this->found[$at] = [$isPromising, $gain, $evidence, $mended];
    }

    public function isPromising(int $at): bool
    {
        return $this->states[$at] === State::Found && $this->found[$at][0];
    }

    /** Write down for good what was found of these. */
    public function tell(array $which): void
    {
        $records = [];
        foreach ($which as $at) {
            if ($this->states[$at] === State::Found && !isset($this->told[$at])) {
                $this->told[$at] = true;
                [$isPromising, $gain, $evidence, $mended] = $this->found[$at];
                $records[] = ['is' => 'screened', 'at' => $at, 'mark' => $isPromising ? 'promising' : 'red',
                    'gain' => $gain, 'evidence' => substr($evidence, 0, 480), 'mended' => dechex($mended)];
            }
        }
        $this->write(...$records);
    }

    public function write(array ...$records): void
    {
        $lines = array_map(line(...), $records);
        file_put_contents($this->report, implode('', $lines), FILE_APPEND | LOCK_EX);
    }
}

function line(array $record): string
{
    return json_encode($record, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR) . "\n";
}
