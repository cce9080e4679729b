<?php

/*
 * Runs in a box, in a PHPUnit that has collected its tests: candidates in forks, many in each. In the first round a
 * candidate that is late waits for the second, where it has a process of its own and more time. Behind each batch
 * the unpatched program must do what it did before; else the batch counts for nothing and is run again with one
 * fork a candidate.
 */

namespace Goldseam\Screen;

final class Batches
{
    private const TOGETHER = 100;
    private const MOST_LEAKS = 2;
    private const NOBODY = -1;
    private const CHECK_SECONDS = 5.0;
    private const MOST_DOUBTED = 4;

    public readonly Trial $trial;
    public readonly Plan $plan;
    public bool $isSingle = false;
    /** Each candidate is tried by a run of the whole suite. */
    public bool $isWhole = false;
    private readonly Board $board;
    private readonly Swap $swap;
    private Guard $guard;
    private bool $writes = false;
    private int $leaks = 0;
    private int $running = self::NOBODY;
    /** @var array<int, bool> candidates of the second round that turned a test green and did not end */
    private array $doubted = [];

    public function __construct(public readonly PhpUnit $unit)
    {
        $this->plan = $unit->plan;
        $this->board = $unit->board;
        $this->swap = $unit->swap;
        $this->trial = new Trial($unit, $unit->subjects());
        $this->isWhole = !$unit->isPlain();
    }

    public function run(): void
    {
        if (count($this->trial->failing) !== $this->plan->countRed() || !$this->trial->failing) {
            return;
        }
        Child::say(['ready' => true]);
        $this->board->write(['is' => 'ready', 'tests' => count($this->trial->subjects)]);
        $reference = new Reference($this, $this->swap);
        if (!$reference->learn()) {
            $this->setAll(State::Alone);
            return;
        }
        $this->settle($reference->habits);
        $this->round($this->board->those(State::Open));
        $this->secondRound();
        if (!$this->isWhole) {
            (new Probe($this->unit, $this->trial))->run();
        }
    }

    private function setAll(State $state): void
    {
        foreach ($this->board->those(State::Open) as $at) {
            $this->board->set($at, $state);
        }
    }

    /** Which candidates can be tried so, and how many in a process. */
    private function settle(Habits $habits): void
    {
        if ($habits->startsProcesses || ($habits->writes && !$this->unit->tree->isKnown)) {
            $this->setAll(State::Alone); // Other processes would read the unpatched text.
            return;
        }
        $tests = array_map(static fn (Subject $one): array => (array) $one->test, $this->trial->subjects);
        $this->guard = new Guard($this->plan->root, $tests);
        $isLasting = $habits->lasts || $habits->writes || !$this->guard->isWhole;
        $this->isSingle = $this->isSingle || $this->isWhole || $isLasting;
        $this->writes = $habits->writes;
        foreach ($this->board->those(State::Open) as $at) {
            $own = new Habits();
            foreach (array_merge([], ...array_values($this->plan->candidates[$at])) as [, , $text]) {
                $own->read("<?php $text");
            }
            try {
                $this->swap->groups($this->plan->candidates[$at]);
                $isFit = !$own->startsProcesses && !$own->writes && !$own->lasts;
            } catch (Unfit) {
                $isFit = false;
            }
            if (!$isFit) {
                $this->leave($at);
            }
        }
    }

    /** Leave a candidate to a process that has not read the project yet; one that does not parse is red. */
    private function leave(int $at): void
    {
        try {
            $this->swap->parse($this->plan->candidates[$at]);
            $this->board->set($at, State::Alone);
        } catch (\ParseError $error) {
            $this->board->find($at, false, 0.0, "does not parse: {$error->getMessage()}");
            $this->board->tell([$at]);
        }
    }

    /** @param list<int> $queue */
    private function round(array $queue): void
    {
        while ($queue && now() < $this->plan->end) {
            $batch = array_splice($queue, 0, $this->isSingle ? 1 : self::TOGETHER);
            array_unshift($queue, ...$this->batch($batch));
        }
    }

    /** More time for those that were late or died, each in a process of its own. */
    private function secondRound(): void
    {
        $this->trial->isPatient = true;
        $left = $this->board->those(State::Died, State::Late);
        foreach ($left as $place => $at) {
            if (now() > $this->plan->end) {
                return;
            }
            $this->trial->share = ($this->plan->end - now()) / 2 / (count($left) - $place);
            $this->board->set($at, State::Open);
            $this->batch([$at]);
        }
        foreach (array_slice(array_keys($this->doubted), self::MOST_DOUBTED) as $at) {
            $this->board->find($at, false, 0.0, 'did not end');
            $this->board->tell([$at]);
        }
    }

    /**
     * Try candidates in one child; returns those to try again.
     *
     * @param list<int> $which
     * @return list<int>
     */
    private function batch(array $which): array
    {
        $child = Child::fork();
        if ($child === null) {
            $this->runBatch($which);
            Child::say(['done' => true]);
            Child::quit();
        }
        $this->running = $which[0];
        $isClean = $isGreen = false;
        $hear = function (array $record) use (&$isClean, &$isGreen): void {
            $this->running = $record['at'] ?? $this->running;
            $isClean = $isClean || isset($record['clean']);
            $isGreen = $isGreen || ($record['green'] ?? 0) > 0;
            if (isset($record['found'])) {
                $this->board->find(...$record['found']);
            } elseif (isset($record['late'])) {
                $this->board->set($record['late'], State::Late);
            } elseif (isset($record['unfit'])) {
                $this->leave($record['unfit']);
            }
        };
        $how = $child->watch($this->plan->end, self::CHECK_SECONDS, $hear, !$this->trial->isPatient);
        if ($this->writes) {
            $this->unit->tree->restore();
        }
        if ($isClean) {
            $this->board->tell($which);
            return count($which) > 1 ? array_intersect($which, $this->board->those(State::Open)) : [];
        }
        $this->forget($which);
        if ($how === 'over') {
            return [];
        }
        if ($how === 'ended' && $this->running === self::NOBODY) {
            $this->leaks++;
            $this->isSingle = $this->isSingle || $this->leaks >= self::MOST_LEAKS;
            foreach (array_intersect($which, $this->board->those(State::Open)) as $at) {
                $this->batch([$at]);
            }
            return [];
        }
        $culprit = in_array($this->running, $which, true) ? $this->running : $which[0];
        return $this->without($culprit, $which, $how, $isGreen);
    }

    /** Those to try again after one that was late, or that ended its process. */
    private function without(int $culprit, array $which, string $how, bool $isGreen): array
    {
        if (!$this->trial->isPatient) {
            $this->board->set($culprit, $how === 'late' ? State::Late : State::Died);
            return array_values(array_diff(array_intersect($which, $this->board->those(State::Open)), [$culprit]));
        }
        if ($how === 'late' && $isGreen) {
            $this->doubted[$culprit] = true;
            return [];
        }
        $this->board->find($culprit, false, 0.0, $how === 'late' ? 'did not end' : 'ended the process');
        $this->board->tell([$culprit]);
        return [];
    }

    private function forget(array $which): void
    {
        foreach ($which as $at) {
            if ($this->board->state($at) === State::Found) {
                $this->board->set($at, State::Open);
            }
        }
    }

    // In a child.

    /** @param list<int> $which */
    private function runBatch(array $which): void
    {
        $files = $this->countOwn();
        foreach ($which as $at) {
            if (!$this->one($at) || now() > $this->plan->end) {
                break;
            }
        }
        Child::say(['at' => self::NOBODY, 'beat' => self::CHECK_SECONDS]);
        $isSound = fn (): bool => $this->countOwn() === $files && $this->trial->isUnchanged($this->guard->restore(...));
        if (count($which) === 1 || $isSound()) {
            Child::note(['clean' => true]);
        }
    }

    private function countOwn(): int
    {
        return count(array_filter(get_included_files(), fn (string $file): bool => isOwn($file, $this->plan->root)));
    }

    /** Try one candidate and put everything back; whether that went well. */
    private function one(int $at): bool
    {
        Child::say(['at' => $at, 'beat' => 1.0]);
        try {
            $this->swap->begin($this->plan->candidates[$at]);
        } catch (\Throwable) {
            Child::note(['unfit' => $at]);
            return true;
        }
        $found = Child::bounded($this->isWhole ? $this->whole(...) : $this->trial->judge(...));
        Child::note($found === null ? ['late' => $at] : ['found' => [$at, ...$found]]);
        Swap::$of = [];
        return $this->guard->restore();
    }

    private function whole(): array
    {
        Child::beat($this->wholeLimit());
        return Trial::judged($this->trial->subjects, $this->unit->runWhole($this->trial->subjects));
    }

    /** Seconds for a run of the whole suite. */
    public function wholeLimit(): float
    {
        return ($this->trial->isPatient ? 5.0 : 1.0) + ($this->trial->isPatient ? 5 : 2) * $this->plan->seconds;
    }
}
