<?php

/*
 * Runs in a box: what promising candidates do with inputs beyond those of the tests. While the tests run on the
 * unpatched program, the arguments of the bodies that candidates change are written down, for a method with its
 * object; more are made by small seeded changes. Each candidate is called with all of them in a process of its own.
 * Candidates that behave alike have the same marks.
 */

namespace Goldseam\Screen;

final class Probe
{
    private const MOST_CANDIDATES = 40;
    private const MOST_CALLS = 12;
    private const MOST_INPUTS = 48;
    private const MOST_BYTES = 100_000;
    private const SECONDS = 3.0;
    private const CALL_SECONDS = 0.1;
    private const SEED = 1;

    /** @var array<int, list<string>> calls by body, each an object or class and its arguments, serialized */
    private array $calls = [];

    public function __construct(private readonly PhpUnit $unit, private readonly Trial $trial)
    {
    }

    /** Report the marks of each promising candidate, where there are several. */
    public function run(): void
    {
        $board = $this->unit->board;
        $promising = array_values(array_filter(array_keys($this->unit->plan->candidates), $board->isPromising(...)));
        if (count($promising) < 2) {
            return;
        }
        $end = min($this->unit->plan->end, now() + self::SECONDS);
        $inputs = $this->inChild(fn (): array => $this->inputs($promising), $end);
        foreach ($inputs ? array_slice($promising, 0, self::MOST_CANDIDATES) : [] as $at) {
            $marks = $this->inChild(fn (): array => $this->marks($at, $inputs), $end);
            if ($marks) {
                $board->write(['is' => 'behaviour', 'at' => $at, 'behaviour' => $marks]);
            }
        }
    }

    /** What `work` gives in a child of its own; nothing if the child was late or died. */
    private function inChild(callable $work, float $end): array
    {
        $found = [];
        $child = Child::fork();
        if ($child === null) {
            try {
                Child::note(['work' => $work()]);
            } catch (\Throwable) {
                Child::note(['work' => []]);
            }
            Child::say(['done' => true]);
            Child::quit();
        }
        $child->watch($end, self::SECONDS, static function (array $record) use (&$found): void {
            $found = $record['work'] ?? $found;
        }, true);
        return $found;
    }

    /** @return list<array{int, string}> calls of bodies, those of the tests and others made of them, in base 64 */
    private function inputs(array $promising): array
    {
        $this->unit->swap->begin([]);
        foreach ($promising as $at) {
            foreach ($this->unit->swap->groups($this->unit->plan->candidates[$at]) as [$source, $body]) {
                Swap::$of[$body->id] ??= $this->recorder($body, substr($source->data, $body->start, $body->end - $body->start));
            }
        }
        Child::bounded(function (): void {
            foreach ([...$this->trial->failing, ...$this->trial->passing] as $subject) {
                $this->unit->run($subject);
            }
        });
        mt_srand(self::SEED);
        $found = [];
        foreach ($this->calls as $id => $calls) {
            $made = $calls;
            while (count($made) < intdiv(self::MOST_INPUTS, count($this->calls))) {
                [$of, $arguments] = unserialize($calls[mt_rand(0, count($calls) - 1)]);
                $made[] = serialize([$of, $this->varied($arguments)]);
            }
            foreach ($made as $call) {
                $found[] = [$id, base64_encode($call)];
            }
        }
        return $found;
    }

    /** What stands for a body, keeps its arguments and does what it did. */
    private function recorder(Body $body, string $text): \Closure
    {
        $calls = &$this->calls[$body->id];
        $calls = [];
        $inner = $body->closure($text);
        $keep = static function (mixed $of, array $arguments) use (&$calls): void {
            try {
                $call = serialize([$of, $arguments]);
                if (count($calls) < self::MOST_CALLS && strlen($call) <= self::MOST_BYTES && !in_array($call, $calls, true)) {
                    $calls[] = $call;
                }
            } catch (\Throwable) {
                return; // What cannot be written down is left out.
            }
        };
        if (!$body->isMethod) {
            return function (mixed &...$arguments) use ($inner, $keep): mixed {
                $keep(null, $arguments);
                return $inner(...$arguments);
            };
        }
        return function (mixed &...$arguments) use ($inner, $keep): mixed {
            $keep($this ?? self::class, $arguments);
            return \Closure::bind($inner, $this ?? null, self::class)(...$arguments);
        };
    }

    /** What a candidate does with each input, shortened. */
    private function marks(int $at, array $inputs): array
    {
        $this->unit->swap->begin($this->unit->plan->candidates[$at]);
        set_error_handler(static fn (): bool => true);
        $found = [];
        foreach ($inputs as [$id, $call]) {
            [$of, $arguments] = unserialize((string) base64_decode($call));
            Child::beat(self::CALL_SECONDS);
            $told = Child::bounded(fn (): string => $this->answer($id, $of, $arguments)) ?? 'late';
            $found[] = substr(md5($told), 0, 8);
        }
        return $found;
    }

    private function answer(int $id, mixed $of, array $arguments): string
    {
        if (!isset(Swap::$of[$id])) {
            return 'unchanged';
        }
        $closure = Swap::$of[$id];
        if ($of !== null) {
            $closure = \Closure::bind($closure, is_object($of) ? $of : null, is_object($of) ? $of::class : $of);
        }
        try {
            $value = $closure(...$arguments);
        } catch (OutOfTime $error) {
            throw $error;
        } catch (\Throwable $error) {
            return 'raises ' . $error::class;
        }
        return (is_float($value) ? sprintf('%.9g', $value) : serialize($value)) . serialize([$of, $arguments]);
    }

    /** The arguments with one of them changed a little; what is not plain data stays. */
    private function varied(array $arguments): array
    {
        if ($arguments) {
            $place = array_rand($arguments);
            $arguments[$place] = $this->other($arguments[$place]);
        }
        return $arguments;
    }

    private function other(mixed $value): mixed
    {
        if (is_bool($value)) {
            return !$value;
        }
        if (is_int($value)) {
            return [$value - 1, $value + 1, $value + 2, 2 * $value, 0, -$value][mt_rand(0, 5)];
        }
        if (is_float($value)) {
            return [$value - 1, $value + 1, $value / 2, 2 * $value, 0.0, $value + 0.005][mt_rand(0, 5)];
        }
        if (is_string($value)) {
            return $value === '' ? 'a' : [substr($value, 1), $value . $value[0], strrev($value), ''][mt_rand(0, 3)];
        }
        if (is_array($value) && $value) {
            $key = array_rand($value);
            if (mt_rand(0, 3) === 0) {
                unset($value[$key]);
                return array_is_list($value) ? $value : (is_int($key) ? array_values($value) : $value);
            }
            $value[$key] = $this->other($value[$key]);
        }
        return $value;
    }
}
