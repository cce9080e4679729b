<?php

/*
 * Runs in a box: takes PHPUnit over where it is about to run its tests, and runs them again and again.
 *
 * PHPUnit's own class of a suite is read with one more statement at the beginning of `run`. A first fork of the
 * nursery tries candidates by exchanging closures (`php_screen_batch.php`). What cannot be tried so is tried
 * afterwards: the nursery writes the candidate's bytes to disk, and a fork of it goes on as PHPUnit does.
 */

namespace Goldseam\Screen;

const SUITE = 'PHPUnit\\Framework\\TestSuite';

/** Where the class of a suite is read from if this command is PHPUnit, else null. */
function suiteFile(): ?string
{
    $program = (string) ($_SERVER['argv'][0] ?? '');
    $place = (string) (realpath($program) ?: $program);
    if (!preg_match('/^phpunit(?:-[\d.]+)?$/', basename($place))) {
        return null;
    }
    $folder = dirname($place);
    foreach (["$folder/src", "$folder/../phpunit/phpunit/src"] as $sources) {
        if (is_file("$sources/Framework/TestSuite.php")) {
            return realpath("$sources/Framework/TestSuite.php");
        }
    }
    return stream_resolve_include_path('PHPUnit/Framework/TestSuite.php') ?: null;
}

/** A test and what is known of it; `way` tells how the unpatched program fails it, null for one that passed. */
final class Subject
{
    public ?array $way = null;
    /** Its place among the failing tests. */
    public int $number = 0;

    public function __construct(
        public readonly object $test,
        public readonly string $id,
        public readonly bool $wasRed,
        public float $seconds,
    ) {
    }
}

final class PhpUnit
{
    public const PASSED = 'passed';
    public const FAILED = 'failed';
    public const SKIPPED = 'skipped';
    private const TEXT = 300;
    private const ALONE_SECONDS = 5.0;
    private const ENTANGLED = '/setUpBeforeClass|tearDownAfterClass|(?:Before|After)Class\b|@(?:before|after)Class|@depends|\bDepends\w*|'
        . '[sS]eparateProcess|@runIn|\bexit\b/';

    public static ?self $active = null;
    private ?int $alone = null;
    private bool $isTaken = false;
    public ?Swap $swap = null;
    public ?Tree $tree = null;
    private object $suite;
    private ?object $result = null;
    /** @var list<object> */
    private array $tests = [];

    public function __construct(
        public readonly Plan $plan,
        public readonly Board $board,
        private readonly string $suiteFile,
    ) {
    }

    /** Returns only in children that go on as PHPUnit. */
    public function nurse(): void
    {
        self::$active = $this;
        $this->swap = new Swap($this->plan);
        $this->tree = new Tree($this->plan->root);
        rewindProgram();
        $child = Child::fork();
        if ($child === null) {
            $this->hook();
            return;
        }
        $isReady = false;
        $alone = [];
        $child->watch($this->plan->end, null, function (array $record) use (&$isReady, &$alone): void {
            $isReady = $isReady || isset($record['ready']);
            $alone = $record['alone'] ?? $alone;
        });
        $this->tree->restore();
        $this->swap->undo();
        $tree = new Tree($this->plan->root);
        if (!$isReady) {
            $this->board->write(['is' => 'unable', 'why' => 'PHPUnit did not come to run the failing tests']);
        }
        foreach ($isReady && $tree->isKnown ? $alone : [] as $at) {
            if (now() < $this->plan->end && $this->nurseAlone($at)) {
                return;
            }
            $tree->restore();
        }
        exit(0);
    }

    /** Try one candidate from its bytes on disk; whether this is the child. */
    private function nurseAlone(int $at): bool
    {
        $laid = new Laid($this->plan, $this->plan->candidates[$at]);
        if (!$laid->isWhole) {
            $laid->undo();
            return false;
        }
        rewindProgram();
        $child = Child::fork();
        if ($child === null) {
            $this->alone = $at;
            $this->hook();
            return true;
        }
        $isFound = false;
        $limit = self::ALONE_SECONDS + 5 * $this->plan->seconds;
        $how = $child->watch($this->plan->end, $limit, function (array $record) use (&$isFound): void {
            if (isset($record['found'])) {
                $isFound = true;
                $this->board->find(...$record['found']);
            }
        });
        $laid->undo();
        if (!$isFound && $how !== 'over') {
            $this->board->find($at, false, 0.0, $how === 'late' ? 'did not end' : 'the tests did not run');
        }
        $this->board->tell([$at]);
        return false;
    }

    /** Have PHPUnit come here before it runs a suite. */
    private function hook(): void
    {
        boundMemory();
        $vendor = dirname($this->suiteFile, 5);
        if (is_file("$vendor/autoload.php") && str_contains($this->suiteFile, '/phpunit/phpunit/src/')) {
            require "$vendor/autoload.php"; // Before ours: it puts itself in front.
        }
        spl_autoload_register(function (string $name): void {
            if ($name === SUITE) {
                $text = (string) file_get_contents($this->suiteFile);
                $asked = '$1 \\Goldseam\\Screen\\PhpUnit::$active?->take(\$this, \$result ?? null);';
                $text = (string) preg_replace('/(function run\([^)]*\)\s*:\s*\w+\s*\{)/', $asked, $text, 1);
                evaluated(substr($text, strlen('<?php')));
            }
        }, true, true);
    }

    /** In the place of running the outermost suite; never returns from that. */
    public function take(object $suite, ?object $result): void
    {
        if ($this->isTaken) {
            return;
        }
        $this->isTaken = true;
        $this->suite = $suite;
        $this->result = $result === null ? null : self::silent($result);
        ob_start(static fn (string $text): string => '', 4096);
        if ($this->alone !== null) {
            $this->tryAlone($this->alone);
        } else {
            (new Batches($this))->run();
            Child::say(['alone' => $this->board->those(State::Alone)]);
        }
        Child::say(['done' => true]);
        Child::quit();
    }

    /** A result that nobody listens to; its settings stay. */
    private static function silent(object $result): object
    {
        $silent = clone $result;
        (function (): void {
            $this->listeners = [];
        })->call($silent);
        return $silent;
    }

    /** @return list<Subject> the wanted tests among those of the suite */
    public function subjects(): array
    {
        $found = $byName = [];
        foreach ($this->walk($this->suite, []) as [$test, $around]) {
            $name = method_exists($test, 'nameWithDataSet') ? $test->nameWithDataSet() : $test->getName();
            $class = str_replace('\\', '.', $test::class);
            $this->tests[] = $test;
            $found[implode('::', [$class, ...$around, $name])] = $test;
            $byName[$class][$name] = $test;
        }
        $subjects = [];
        foreach ($this->plan->tests as $id => [$wasRed, $seconds]) {
            $parts = explode('::', $id);
            $test = $found[$id] ?? $byName[$parts[0]][end($parts)] ?? null;
            if ($test !== null) {
                $subjects[] = new Subject($test, $id, $wasRed, $seconds);
            }
        }
        return $subjects;
    }

    /** @return iterable<array{object, list<string>}> tests with the names of the suites around, the outermost aside */
    private function walk(object $suite, array $around): iterable
    {
        foreach ($suite as $test) {
            if (is_a($test, SUITE)) {
                yield from $this->walk($test, [...$around, method_exists($test, 'name') ? $test->name() : $test->getName()]);
            } elseif (method_exists($test, 'runBare')) {
                yield [$test, $around];
            }
        }
    }

    /** Whether each test can be run by itself, as far as the text of its class tells. */
    public function isPlain(): bool
    {
        foreach (['backupGlobals', 'backupStaticAttributes', 'beStrictAboutChangesToGlobalState', 'runTestInSeparateProcess'] as $name) {
            if ((fn (): bool => (bool) ($this->$name ?? false))->call($this->suite)) {
                return false;
            }
        }
        $files = [];
        foreach ($this->tests as $test) {
            for ($class = new \ReflectionClass($test); $class && !str_starts_with($class->name, 'PHPUnit\\');) {
                $files[(string) $class->getFileName()] = true;
                $class = $class->getParentClass();
            }
        }
        $texts = array_map(static fn (string $file): string => (string) @file_get_contents($file), array_keys($files));
        return !array_filter($texts, static fn (string $text): bool => (bool) preg_match(self::ENTANGLED, $text));
    }

    /** @return array{string, string, string} the outcome of a test that is run by itself, the kind of the error, its text */
    public function run(Subject $subject): array
    {
        $test = clone $subject->test;
        $result = $this->result === null ? null : clone $this->result;
        $result === null ? $test->run() : $test->run($result);
        return $this->outcomes([$test], $result)[0];
    }

    /** @return list<array{string, string, string}> outcomes of these tests after a run of the whole suite as PHPUnit does it */
    public function runWhole(array $subjects): array
    {
        $result = $this->result === null ? null : clone $this->result;
        $result === null ? $this->suite->run() : $this->suite->run($result);
        return $this->outcomes(array_map(static fn (Subject $one): object => $one->test, $subjects), $result);
    }

    /** What a report would say: a risky test or a warning counts as passed. */
    private function outcomes(array $tests, ?object $result): array
    {
        $errors = [];
        foreach ($result === null ? [] : [...$result->errors(), ...$result->failures()] as $failure) {
            if ($failure->failedTest() !== null) {
                $errors[spl_object_id($failure->failedTest())] = $failure->thrownException();
            }
        }
        $found = [];
        foreach ($tests as $test) {
            $error = $errors[spl_object_id($test)] ?? null;
            $status = method_exists($test, 'status') ? $test->status() : null;
            $code = $status?->asInt() ?? $test->getStatus();
            $outcome = match (true) {
                $error !== null || $code < 0 || $status?->isFailure() || $status?->isError() => self::FAILED,
                $status === null && ($code === 3 || $code === 4) => self::FAILED,
                $code === 1 || $code === 2 => self::SKIPPED,
                default => self::PASSED,
            };
            $text = $error?->getMessage() ?? $status?->message() ?? (string) $test->getStatusMessage();
            $kind = $error === null ? '' : (method_exists($error, 'getClassName') ? $error->getClassName() : $error::class);
            $found[] = [$outcome, $kind, substr(trim("$kind: $text", ': '), 0, self::TEXT)];
        }
        return $found;
    }

    /** Judge the program as it was read, which is one candidate. */
    private function tryAlone(int $at): void
    {
        $subjects = $this->subjects();
        $isWhole = count(array_filter($subjects, static fn (Subject $one): bool => $one->wasRed)) === $this->plan->countRed();
        $found = $isWhole ? Trial::judged($subjects, $this->runWhole($subjects)) : [false, 0.0, 'a test is gone'];
        Child::say(['found' => [$at, ...$found]]);
    }
}
