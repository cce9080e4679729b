<?php

/*
 * Runs in a box: how the unpatched program fails its tests, and whether they can be run one by one. In a child the
 * failing tests run twice, those that passed once, then all once more with closures in the place of the bodies
 * under repair: where that makes a difference, nothing is tried by exchanging closures.
 */

namespace Goldseam\Screen;

final class Reference
{
    private const SHARE = 0.25;
    private const MOST_HANGING = 3;

    public readonly Habits $habits;
    /** @var array<string, bool> failing tests that do not end */
    private array $hanging = [];
    private string $running = '';
    private array $told = [];

    public function __construct(private readonly Batches $batches, private readonly Swap $swap)
    {
        $this->habits = new Habits();
        $this->read();
    }

    /** Whether candidates can be tried by exchanging closures at all. */
    public function learn(): bool
    {
        if (!$this->batches->isWhole && !$this->isKnown($this->told())) {
            $this->batches->isWhole = true;
        }
        if ($this->batches->isWhole && !$this->isKnown($this->told())) {
            return false;
        }
        $this->take();
        return true;
    }

    private function isKnown(bool $isTold): bool
    {
        $failing = array_map(static fn (Subject $one): string => $one->id, $this->batches->trial->failing);
        return $isTold && !array_intersect($failing, $this->told['wrong']) && !$this->told['differs'];
    }

    /** Whether a child came to its end, if need be without the tests that do not end. */
    private function told(): bool
    {
        do {
            $how = $this->askChild();
            $hangs = $how === 'late' && $this->running !== '' && count($this->hanging) < self::MOST_HANGING;
            if ($hangs) {
                $this->hanging[$this->running] = true;
            }
        } while ($hangs);
        return $how === 'ended' && $this->told !== [];
    }

    private function askChild(): string
    {
        $this->told = [];
        $this->running = '';
        $child = Child::fork();
        if ($child === null) {
            Child::say(['told' => $this->batches->isWhole ? $this->ofWhole() : $this->ofEach()]);
            Child::say(['done' => true]);
            Child::quit();
        }
        $how = $child->watch($this->batches->plan->end, 10.0, function (array $record): void {
            $this->running = $record['running'] ?? $this->running;
            $this->told = $record['told'] ?? $this->told;
        });
        $this->habits->writes = $this->batches->unit->tree->restore() || $this->habits->writes;
        return $how;
    }

    /** Know here what the child found out. */
    private function take(): void
    {
        $trial = $this->batches->trial;
        foreach ($trial->failing as $subject) {
            $subject->way = $this->told['ways'][$subject->id] ?? [Trial::HANGS, ''];
        }
        $known = array_flip(array_diff($this->told['known'], $this->told['wrong']));
        $trial->passing = array_values(array_filter($trial->passing, static fn (Subject $one): bool => isset($known[$one->id])));
        $trial->choose();
        $this->batches->isSingle = $this->batches->isSingle || $this->told['single'];
        foreach ($this->told['classes'] as $name) {
            class_exists($name) || interface_exists($name) || trait_exists($name); // Once here, not in each child.
        }
        $this->read(...$this->told['files']);
    }

    /** Learn the habits of these files, and of those that were read here. */
    private function read(string ...$files): void
    {
        $isOwn = fn (string $file): bool => isOwn($file, $this->batches->plan->root);
        foreach (array_unique([...$files, ...array_filter(get_included_files(), $isOwn)]) as $file) {
            $this->habits->readFile($file);
        }
    }

    // In the child.

    private function ofEach(): array
    {
        $trial = $this->batches->trial;
        $trial->isPatient = true;
        $trial->share = self::SHARE * ($this->batches->plan->end - now()) / self::MOST_HANGING;
        $end = now() + self::SHARE * ($this->batches->plan->end - now());
        $guard = new Guard($this->batches->plan->root, []);
        $ways = $known = $wrong = $kinds = [];
        $isSingle = false;
        foreach ([...$trial->failing, ...$trial->passing] as $subject) {
            if (isset($this->hanging[$subject->id]) || (!$subject->wasRed && now() + $subject->seconds > $end)) {
                continue;
            }
            [$outcome, $kind, $text] = $this->run($subject, $guard);
            $isWrong = ($outcome === PhpUnit::PASSED) === $subject->wasRed;
            $known[] = $subject->id;
            $kinds[$subject->id] = [$outcome, $kind];
            if ($isWrong) {
                $wrong[] = $subject->id;
            } elseif ($subject->wasRed) {
                $again = $this->run($subject, $guard);
                $isSame = $again === [$outcome, $kind, $text];
                $isSingle = $isSingle || !$isSame;
                $ways[$subject->id] = [$kind, $isSame ? $text : ''];
            }
        }
        $isSame = fn (Subject $one): bool => !isset($kinds[$one->id])
            || in_array($one->id, $wrong, true) || array_slice($this->run($one, $guard), 0, 2) === $kinds[$one->id];
        $this->swap->beginUnpatched();
        $differs = array_filter($trial->subjects, static fn (Subject $one): bool => !$isSame($one));
        return ['ways' => $ways, 'known' => $known, 'wrong' => $wrong, 'single' => $isSingle, 'differs' => (bool) $differs,
            ...$this->declared()];
    }

    private function run(Subject $subject, Guard $guard): array
    {
        Child::say(['running' => $subject->id, 'beat' => $this->batches->trial->limit([$subject])]);
        $found = $this->batches->unit->run($subject);
        $guard->restore();
        if ($this->habits->writes) {
            $this->batches->unit->tree->restore();
        }
        return $found;
    }

    private function ofWhole(): array
    {
        $trial = $this->batches->trial;
        $trial->isPatient = true;
        Child::beat($this->batches->wholeLimit());
        $this->swap->beginUnpatched();
        $wrong = $known = [];
        $ways = [];
        foreach ($this->batches->unit->runWhole($trial->subjects) as $place => [$outcome, $kind, $text]) {
            $subject = $trial->subjects[$place];
            $known[] = $subject->id;
            $ways[$subject->id] = [$kind, $text];
            if (($outcome === PhpUnit::PASSED) === $subject->wasRed) {
                $wrong[] = $subject->id;
            }
        }
        return ['ways' => $ways, 'known' => $known, 'wrong' => $wrong, 'single' => true, 'differs' => (bool) $wrong, ...$this->declared()];
    }

    /** What was declared, and which of the project's files were read. */
    private function declared(): array
    {
        $root = $this->batches->plan->root;
        $files = array_filter(get_included_files(), static fn (string $file): bool => isOwn($file, $root));
        $classes = [...get_declared_classes(), ...get_declared_interfaces(), ...get_declared_traits()];
        $named = array_filter($classes, static fn (string $name): bool => !str_contains($name, '@anonymous'));
        return ['classes' => array_values($named), 'files' => array_values($files)];
    }
}
