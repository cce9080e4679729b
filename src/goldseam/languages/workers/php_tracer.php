<?php

/*
 * Runs in a box before the program: tells the frames of an uncaught error with their arguments, the lines that
 * ran where Xdebug or PCOV can tell them, and where a run that does not end is found. Environment and records
 * are those of `python_tracer.py`. No method of the project is called to show a value.
 */

namespace Goldseam;

final class Tracer
{
    private const MAX_BYTES = 6000000;
    private const MAX_FRAMES = 40;
    private const MAX_NAMES = 12;
    private const MAX_ITEMS = 4;
    private const MAX_TEXT = 400;
    private const END_SHARE = 0.7;

    private int $left = self::MAX_BYTES;
    private float $begun;
    private array $hot = [];
    private array $stack = [];

    public function __construct(private string $root, private string $report, private float $seconds)
    {
        $this->begun = microtime(true);
    }

    public static function begin(): void
    {
        $root = self::rootOf((string) getenv('GOLDSEAM_TRACE_FILE'));
        $report = (string) getenv('GOLDSEAM_TRACE');
        if ($root === null || $report === '') {
            return;
        }
        $tracer = new self($root, $report, (float) getenv('GOLDSEAM_TRACE_SECONDS'));
        set_exception_handler($tracer->uncaught(...));
        $tracer->startLines();
        register_shutdown_function($tracer->end(...));
        if (getenv('GOLDSEAM_TRACE_WATCH') !== false && function_exists('pcntl_async_signals')) {
            pcntl_async_signals(true);
            pcntl_signal(SIGALRM, $tracer->sample(...));
            pcntl_alarm(1);
        }
    }

    private static function rootOf(string $wanted): ?string
    {
        for ($folder = (string) getcwd(); $folder !== '' && $folder !== '/'; $folder = dirname($folder)) {
            if ($wanted !== '' && is_file("$folder/$wanted")) {
                return $folder;
            }
        }
        return null;
    }

    private function pathOf(?string $file): ?string
    {
        if ($file === null || !str_starts_with($file, $this->root . '/') || str_contains($file, '/vendor/')) {
            return null;
        }
        return substr($file, strlen($this->root) + 1);
    }

    private function write(array $record): void
    {
        $data = json_encode($record, JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR) . "\n";
        if (strlen($data) <= $this->left) {
            $this->left -= strlen($data);
            @file_put_contents($this->report, $data, FILE_APPEND | LOCK_EX);
        }
    }

    public function uncaught(\Throwable $error): void
    {
        $chain = [];
        for ($one = $error; $one !== null && count($chain) < 6; $one = $one->getPrevious()) {
            $chain[] = $this->link($one);
        }
        $this->write(['is' => 'failure', 'test' => '', 'chain' => $chain]);
        throw $error;
    }

    private function link(\Throwable $error): array
    {
        $trace = array_slice($error->getTrace(), 0, self::MAX_FRAMES);
        $frames = [];
        $file = $error->getFile();
        $line = $error->getLine();
        foreach ([...$trace, []] as $call) {
            $frames[] = [
                'path' => $this->pathOf($file) ?? $file,
                'line' => $line,
                'function' => isset($call['function']) ? ($call['class'] ?? '') . ($call['type'] ?? '') . $call['function'] : '{main}',
                'variables' => $this->pathOf($file) === null ? [] : $this->arguments($call),
            ];
            $file = $call['file'] ?? '';
            $line = $call['line'] ?? 0;
        }
        return ['kind' => $error::class, 'message' => substr($error->getMessage(), 0, 1000),
            'frames' => array_reverse($frames)];
    }

    private function arguments(array $call): array
    {
        $names = [];
        try {
            $known = isset($call['class']) ? new \ReflectionMethod($call['class'], $call['function'])
                : (isset($call['function']) ? new \ReflectionFunction($call['function']) : null);
            $names = array_map(fn ($parameter) => $parameter->getName(), $known?->getParameters() ?? []);
        } catch (\ReflectionException) {
            // A closure: its parameters have no names here.
        }
        $shown = [];
        foreach (array_slice($call['args'] ?? [], 0, self::MAX_NAMES) as $at => $value) {
            $name = is_string($at) ? $at : ($names[$at] ?? "argument $at");
            $shown[] = ['$' . $name, get_debug_type($value), $this->text($value, 2)];
        }
        return $shown;
    }

    private function text(mixed $value, int $depth): string
    {
        if (is_string($value)) {
            return var_export(substr($value, 0, self::MAX_TEXT), true);
        }
        if (!is_array($value) && !is_object($value)) {
            return is_resource($value) ? 'resource' : substr(var_export($value, true), 0, self::MAX_TEXT);
        }
        $name = is_object($value) ? $value::class . ' ' : '';
        if ($depth <= 0 || $value instanceof \Closure) {
            return $name . (is_array($value) ? '[...]' : '{...}');
        }
        $parts = [];
        $held = (array) $value;
        foreach (array_slice($held, 0, self::MAX_ITEMS, true) as $key => $part) {
            $label = is_int($key) && array_is_list($held) ? '' : preg_replace('/^.*\0/s', '', (string) $key) . ' => ';
            $parts[] = $label . $this->text($part, $depth - 1);
        }
        if (count($held) > self::MAX_ITEMS) {
            $parts[] = '...';
        }
        return substr($name . '[' . implode(', ', $parts) . ']', 0, self::MAX_TEXT);
    }

    private function startLines(): void
    {
        if (function_exists('xdebug_start_code_coverage') && in_array('coverage', xdebug_info('mode'), true)) {
            xdebug_start_code_coverage();
        } elseif (function_exists('pcov\start')) {
            \pcov\start();
        }
    }

    private function lines(): array
    {
        $told = [];
        if (function_exists('xdebug_get_code_coverage') && xdebug_code_coverage_started()) {
            $told = xdebug_get_code_coverage();
        } elseif (function_exists('pcov\collect')) {
            $told = \pcov\collect();
        }
        $found = [];
        foreach ($told as $file => $counts) {
            $path = $this->pathOf($file);
            $ran = array_keys(array_filter($counts, fn ($count) => $count > 0));
            if ($path !== null && $ran) {
                sort($ran);
                $found[$path] = self::ranges($ran);
            }
        }
        return $found;
    }

    private static function ranges(array $lines): array
    {
        $found = [];
        foreach ($lines as $line) {
            if ($found && end($found) === $line - 1) {
                $found[count($found) - 1] = $line;
            } else {
                array_push($found, $line, $line);
            }
        }
        return $found;
    }

    public function end(): void
    {
        $last = error_get_last();
        if ($last !== null && ($last['type'] & (E_ERROR | E_COMPILE_ERROR | E_CORE_ERROR)) && !str_starts_with($last['message'], 'Uncaught ')) {
            $frame = ['path' => $this->pathOf($last['file']) ?? $last['file'], 'line' => $last['line'], 'function' => '{main}'];
            $link = ['kind' => 'Fatal error', 'message' => $last['message'], 'frames' => [$frame]];
            $this->write(['is' => 'failure', 'test' => '', 'chain' => [$link]]);
        }
        $this->tellLines();
    }

    private function tellLines(): void
    {
        $lines = $this->lines();
        if ($lines) {
            $seconds = microtime(true) - $this->begun;
            $this->write(['is' => 'lines', 'test' => '', 'outcome' => '', 'seconds' => $seconds, 'lines' => $lines]);
        }
    }

    public function sample(): void
    {
        $frames = [];
        $calls = array_slice(debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS), 0, 60);
        foreach ($calls as $at => $call) {
            $path = $this->pathOf($call['file'] ?? null);
            if ($path !== null) {
                $function = $calls[$at + 1]['function'] ?? '{main}';
                array_unshift($frames, ['path' => $path, 'line' => $call['line'], 'function' => $function]);
            }
        }
        if ($frames) {
            $this->stack = $frames;
            $place = end($frames);
            $this->hot[] = [$place['path'], $place['line']];
        }
        if (microtime(true) - $this->begun < $this->seconds * self::END_SHARE) {
            pcntl_alarm(1);
            return;
        }
        $this->tellSamples();
        $this->tellLines();
        posix_kill(getmypid(), SIGKILL);
    }

    private function tellSamples(): void
    {
        $counts = [];
        foreach (array_slice($this->hot, intdiv(count($this->hot), 2)) as $place) {
            $key = json_encode($place);
            $counts[$key] = ($counts[$key] ?? 0) + 1;
        }
        arsort($counts);
        $lines = [];
        foreach (array_slice($counts, 0, 40, true) as $key => $count) {
            $lines[] = [...json_decode($key), $count];
        }
        $threads = [['name' => 'main', 'still' => 0, 'waits' => false, 'frames' => $this->stack]];
        $this->write(['is' => 'samples', 'test' => '', 'total' => count($this->hot), 'lines' => $lines, 'threads' => $threads]);
    }
}

try {
    Tracer::begin();
} catch (\Throwable) {
    // Whatever happens here must not change the run.
}
