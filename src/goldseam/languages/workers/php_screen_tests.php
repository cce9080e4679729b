<?php

/*
 * Runs in a box: what the tests say of the program as it stands in this process. First the failing tests, of each
 * way to fail at most two; a program that turns none of these green is red. Else all failing tests, and those
 * that passed: the quick ones first, and only as many as there is time for, since the judge runs all of them anyway.
 */

namespace Goldseam\Screen;

final class Trial
{
    public const HANGS = 'OutOfTime';
    private const A_WAY = 2;
    private const ALL_WAYS = 12;
    private const CHECKED = 20;
    private const LEAST = 0.05;
    private const LATER = 1.0;
    private const PARTIAL_SECONDS = 0.1;
    private const WHOLE_SECONDS = 1.0;
    /** Of so many failing tests it is told which a candidate mends; of the others together. */
    private const MOST_NUMBERED = 60;

    /** @var list<Subject> */
    public array $failing;
    /** @var list<Subject> */
    public array $passing;
    /** @var list<Subject> */
    public array $first = [];
    public bool $isPatient = false;
    /** Seconds that one candidate may have in the second round. */
    public float $share = 0.0;
    private readonly float $slowest;

    /** @param list<Subject> $subjects */
    public function __construct(private readonly PhpUnit $unit, public readonly array $subjects)
    {
        $byTime = static fn (Subject $one, Subject $two): int => $one->seconds <=> $two->seconds;
        $this->failing = array_values(array_filter($subjects, static fn (Subject $one): bool => $one->wasRed));
        $this->passing = array_values(array_filter($subjects, static fn (Subject $one): bool => !$one->wasRed));
        foreach ($this->failing as $number => $subject) {
            $subject->number = min($number, self::MOST_NUMBERED);
        }
        usort($this->failing, $byTime);
        usort($this->passing, $byTime);
        $this->slowest = max([0.0, ...array_map(static fn (Subject $one): float => $one->seconds, $this->passing)]);
    }

    /** Of each way to fail the first tests, as soon as the ways are known. */
    public function choose(): void
    {
        $ways = [];
        $this->first = [];
        foreach ($this->failing as $subject) {
            $way = serialize($subject->way);
            $ways[$way] = ($ways[$way] ?? 0) + 1;
            if ($ways[$way] <= self::A_WAY && count($this->first) < self::ALL_WAYS) {
                $this->first[] = $subject;
            }
        }
    }

    /** Seconds for tests, by those of the tests that pass; `share` more in the second round. */
    public function limit(array $subjects): float
    {
        $known = 0.0;
        foreach ($subjects as $subject) {
            $seconds = ($subject->way[0] ?? '') === self::HANGS ? 0.0 : $subject->seconds;
            $known += $subject->wasRed ? max($this->slowest, $seconds) : $seconds;
        }
        if ($this->isPatient) {
            return max(0.5, 3 * $known, min(max(self::LATER, 10 * $known), $this->share));
        }
        return self::LEAST + min(5 * $known, count($subjects) + 1.5 * $known);
    }

    /** @return array{bool, float, string, int} whether it is promising, its gain, what it did, and the tests it mends */
    public function judge(): array
    {
        [$green, $evidence, $mended] = $this->red($this->first);
        if ($green === 0 && $this->first) {
            return [false, 0.0, $evidence, 0];
        }
        Child::say(['green' => $green]);
        $rest = array_filter($this->failing, fn (Subject $one): bool => !in_array($one, $this->first, true));
        [$more, $other, $others] = $this->red(array_values($rest));
        $mended |= $others;
        $evidence = $evidence ?: $other;
        $share = ($green + $more) / max(count($this->failing), 1);
        $why = $this->broken($evidence ? self::PARTIAL_SECONDS : self::WHOLE_SECONDS);
        if ($why !== '') {
            return [false, -1 / max(count($this->passing), 1), $why, 0];
        }
        return $evidence ? [false, $share, $evidence, $mended] : [true, 1.0, '', $mended];
    }

    /** @return array{int, string, int} how many pass now, why the first that does not, and which pass */
    private function red(array $subjects): array
    {
        $green = $mended = 0;
        $evidence = '';
        Child::beat($this->limit($subjects));
        foreach ($subjects as $subject) {
            [$outcome, , $text] = $this->unit->run($subject);
            if ($outcome === PhpUnit::PASSED) {
                $green++;
                $mended |= 1 << $subject->number;
            }
            $evidence = $evidence ?: ($outcome === PhpUnit::PASSED ? '' : "$subject->id: $text");
        }
        return [$green, $evidence, $mended];
    }

    /** Which of those that passed fails now, the first. */
    private function broken(float $seconds): string
    {
        $chosen = [];
        foreach ($this->passing as $subject) {
            $seconds -= $subject->seconds;
            if ($seconds < 0 && $chosen) {
                break;
            }
            $chosen[] = $subject;
        }
        Child::beat($this->limit($chosen));
        foreach ($chosen as $subject) {
            [$outcome, , $text] = $this->unit->run($subject);
            if ($outcome !== PhpUnit::PASSED) {
                return "$subject->id fails now: $text";
            }
        }
        return '';
    }

    /** Whether the unpatched program does what it did: fails the same way, passes the same tests. */
    public function isUnchanged(callable $restore): bool
    {
        foreach ([...$this->first, ...array_slice($this->passing, 0, self::CHECKED)] as $subject) {
            if (($subject->way[0] ?? '') === self::HANGS) {
                continue;
            }
            [$outcome, $kind, $text] = $this->unit->run($subject);
            $restore();
            $isSame = $subject->wasRed ? $subject->way === [$kind, $text] || $subject->way === [$kind, ''] : true;
            if (($outcome === PhpUnit::PASSED) === $subject->wasRed || !$isSame) {
                return false;
            }
        }
        return true;
    }

    /**
     * The same word of a run of the whole suite.
     *
     * @param list<Subject> $subjects
     * @param list<array{string, string, string}> $outcomes of these
     * @return array{bool, float, string, int}
     */
    public static function judged(array $subjects, array $outcomes): array
    {
        $red = $green = $passed = $mended = 0;
        $evidence = $broken = '';
        foreach ($subjects as $place => $subject) {
            [$outcome, , $text] = $outcomes[$place];
            $isGreen = $outcome === PhpUnit::PASSED;
            $mended |= $subject->wasRed && $isGreen ? 1 << min($red, self::MOST_NUMBERED) : 0;
            $red += (int) $subject->wasRed;
            $passed += (int) !$subject->wasRed;
            $green += (int) ($subject->wasRed && $isGreen);
            if (!$isGreen && $subject->wasRed) {
                $evidence = $evidence ?: "$subject->id: $text";
            } elseif (!$isGreen) {
                $broken = $broken ?: "$subject->id fails now: $text";
            }
        }
        if ($green === 0 && $red > 0) {
            return [false, 0.0, $evidence, 0];
        }
        if ($broken !== '') {
            return [false, -1 / max($passed, 1), $broken, 0];
        }
        return $evidence ? [false, $green / $red, $evidence, $mended] : [true, 1.0, '', $mended];
    }
}
