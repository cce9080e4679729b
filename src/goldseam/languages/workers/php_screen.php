<?php

/*
 * Runs in a box before the program: tries many candidates with one start of the owner's command. This process
 * becomes a nursery before any file of the project is read; those that it forks go on as the program.
 * Plan and records are those of `python_screen_plan.py` and `python_screen_board.py`. Without `pcntl` and `posix`
 * nothing is screened.
 */

namespace Goldseam\Screen;

/** What is to be screened; `root` is the project's folder, `end` a moment of `now()`. */
final class Plan
{
    /** @var list<array<string, list<array{int, int, string}>>> edits of files, by path: start, end, new bytes */
    public array $candidates = [];
    /** @var array<string, array{bool, float}> whether a test failed, and its seconds */
    public array $tests = [];
    public string $command;
    public float $seconds;
    public float $end;

    public function __construct(array $told, public readonly string $root)
    {
        foreach ($told['candidates'] as $one) {
            $candidate = [];
            foreach ($one as [$path, $edits]) {
                foreach ($edits as [$start, $end, $text]) {
                    $candidate[$path][] = [$start, $end, (string) base64_decode($text)];
                }
            }
            $this->candidates[] = $candidate;
        }
        foreach ($told['tests'] as $test => [$outcome, $seconds]) {
            $this->tests[$test] = [$outcome === 'failed', (float) $seconds];
        }
        $this->command = $told['command'];
        $this->seconds = (float) $told['ran'];
        $this->end = now() + 0.95 * (float) $told['seconds'] - 0.2;
    }

    /** @return list<string> paths that candidates change */
    public function paths(): array
    {
        return array_keys(array_merge([], ...$this->candidates));
    }

    public function countRed(): int
    {
        return count(array_filter($this->tests, static fn (array $one): bool => $one[0]));
    }
}

function now(): float
{
    return hrtime(true) / 1e9;
}

/** `data`, which begins at byte `base` of its file, with edits of the file applied. */
function applied(string $data, array $edits, int $base = 0): string
{
    sort($edits);
    $text = '';
    $position = 0;
    foreach ($edits as [$start, $end, $new]) {
        $text .= substr($data, $position, $start - $base - $position) . $new;
        $position = $end - $base;
    }
    return $text . substr($data, $position);
}

/** The nearest folder from here upwards below which the path exists, links resolved; null if there is none. */
function rootOf(string $path): ?string
{
    for ($folder = (string) realpath((string) getcwd()); $folder !== '' && $folder !== '/'; $folder = dirname($folder)) {
        if (is_file("$folder/$path")) {
            return $folder;
        }
    }
    return null;
}

/** The words of this process; the interpreter is the first. */
function ownWords(): array
{
    return explode("\0", rtrim((string) file_get_contents('/proc/self/cmdline'), "\0"));
}

/** Whether this process is all that the command does: words, of which the first names PHP or a script. */
function isWholeCommand(string $command): bool
{
    if (strpbrk($command, "();<>|&\n`\$*?~") !== false) {
        return false;
    }
    preg_match_all('/(?:\'[^\']*\'|"[^"\\\\]*"|[^\s\'"\\\\])+|\\\\/', $command, $found);
    $words = array_map(static fn (string $word): string => str_replace(['"', "'"], '', $word), $found[0]);
    while ($words && str_contains(explode('/', $words[0])[0], '=')) {
        array_shift($words);
    }
    $own = ownWords();
    $rest = array_slice($words, 1);
    if (count($words) < 1 || in_array('\\', $words, true)) {
        return false;
    }
    $isScript = basename($words[0]) === basename($own[1] ?? '') && array_slice($own, 2) === $rest;
    return $isScript || ($rest && array_slice($own, 1) === $rest);
}

/** Take out of the environment what a plain run has not. */
function hideTraces(): void
{
    foreach (array_keys(getenv()) as $name) {
        if (str_starts_with($name, 'GOLDSEAM_') || $name === 'PHP_INI_SCAN_DIR') {
            putenv($name);
            unset($_SERVER[$name], $_ENV[$name]);
        }
    }
}

/** What the owner's own settings have run first. */
function ownersPrepended(): string
{
    $files = [php_ini_loaded_file(), ...explode(',', (string) php_ini_scanned_files())];
    $found = '';
    foreach (array_filter(array_map(trim(...), array_map(strval(...), $files))) as $file) {
        $told = (parse_ini_file($file, false, INI_SCANNER_RAW) ?: [])['auto_prepend_file'] ?? '';
        $found = $told === '' || basename($told) === basename(__FILE__) ? $found : $told;
    }
    return $found;
}

/** Called once, before the program; returns only in processes that go on as the program. */
function begin(): void
{
    $told = json_decode((string) file_get_contents((string) getenv('GOLDSEAM_SCREEN')), true);
    $root = rootOf($told['path']);
    if ($root === null) {
        return;
    }
    foreach (['board', 'child', 'files', 'run', 'source', 'swap', 'state', 'tests', 'reference', 'batch', 'probe', 'phpunit'] as $part) {
        require_once __DIR__ . "/php_screen_$part.php";
    }
    if (ini_get('opcache.enable_cli')) {
        ini_set('opcache.enable', '0'); // Its cache is shared by all that this process forks.
    }
    $plan = new Plan($told, $root);
    $board = new Board(count($plan->candidates), (string) getenv('GOLDSEAM_SCREEN_REPORT'));
    if (getenv('GOLDSEAM_SCREEN_MODE') === 'run' && isWholeCommand($plan->command)) {
        (new Scripts($plan, $board))->nurse();
    } elseif (getenv('GOLDSEAM_SCREEN_MODE') === 'test' && ($suite = suiteFile()) !== null) {
        (new PhpUnit($plan, $board, $suite))->nurse();
    }
}

if (getenv('GOLDSEAM_SCREEN') !== false) {
    if (function_exists('pcntl_fork') && function_exists('posix_setpgid') && function_exists('token_get_all')) {
        try {
            begin();
        } catch (\Exception | \Error) {
            // Whatever happens here must not change the run.
        }
    }
    hideTraces();
    if (ownersPrepended() !== '') {
        require ownersPrepended();
    }
}
