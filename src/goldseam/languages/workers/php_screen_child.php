<?php

/*
 * Runs in a box: a process that was forked, and how its parent watches it. A child tells its parent by lines of JSON.
 */

namespace Goldseam\Screen;

/** Thrown in a step that goes on for too long. */
final class OutOfTime extends \Error
{
}

/** A process that was forked; `say` in it reaches `onLine` of `watch` in its parent. */
final class Child
{
    private const EVERY = 20_000;
    private const MOST_NUDGES = 3;
    private const NUDGE_SECONDS = 0.05;
    private static mixed $up = null;
    private static string $noted = '';
    private static bool $isBounded = false;
    /** Whether a step was interrupted since it was set to false. */
    public static bool $isLate = false;
    private int $nudges = 0;
    private string $rest = '';
    private ?float $limit = null;
    /** How the program ended: an exit code, -N for signal N. */
    public int $code = 0;

    private function __construct(private readonly int $pid, private readonly mixed $socket)
    {
    }

    /** The child; null in it. */
    public static function fork(): ?self
    {
        [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $pid = pcntl_fork();
        if ($pid < 0) {
            throw new \RuntimeException('no process can be started');
        }
        if ($pid > 0) {
            fclose($there);
            stream_set_blocking($here, false);
            return new self($pid, $here);
        }
        fclose($here);
        self::$up = $there;
        posix_setpgid(0, 0);
        return null;
    }

    /** In a child: tell something, with all that was noted. */
    public static function say(array $record): void
    {
        if (is_resource(self::$up)) {
            fwrite(self::$up, self::$noted . line($record));
            self::$noted = '';
        }
    }

    /** In a child: tell something together with what is said next. */
    public static function note(array $record): void
    {
        self::$noted .= line($record);
    }

    /** In a child: what a step returns, which a parent that `nudges` interrupts when it is late; null then. */
    public static function bounded(callable $step): mixed
    {
        pcntl_async_signals(true);
        pcntl_signal(SIGALRM, static function (): void {
            if (self::$isBounded) {
                self::$isLate = true;
                throw new OutOfTime();
            }
        });
        self::$isLate = false;
        try {
            self::$isBounded = true;
            $found = $step();
            self::$isBounded = false;
            return self::$isLate ? null : $found;
        } catch (OutOfTime) {
            return null;
        } finally {
            self::$isBounded = false;
        }
    }

    /** In a child: the next step takes so many seconds at most. */
    public static function beat(float $seconds): void
    {
        self::say(['beat' => $seconds]);
    }

    /** In a child: end at once, whatever was registered for the end. */
    public static function quit(): never
    {
        posix_kill(getmypid(), SIGKILL);
        exit;
    }

    /**
     * Wait for its end: `ended`, `died`, or killed because it was `late` at a step or `over` at `end`.
     *
     * `limit` are the seconds for what comes before the first beat. A child that says that it is `done` has ended.
     * With `nudges` one that is late is interrupted first.
     */
    public function watch(float $end, ?float $limit = null, ?callable $onLine = null, bool $nudges = false): string
    {
        $this->limit = $limit === null ? null : now() + $limit;
        $how = '';
        $isDone = false;
        while ($how === '') {
            $ready = [$this->socket];
            $none = null;
            $isReady = @stream_select($ready, $none, $none, 0, self::EVERY);
            $isDone = ($isReady && $this->read($onLine)) || $isDone;
            if ($isDone || feof($this->socket) || pcntl_waitpid($this->pid, $status, WNOHANG) > 0) {
                break;
            }
            $how = $this->limit !== null && now() > $this->limit ? 'late' : (now() > $end ? 'over' : '');
            if ($how === 'late' && $nudges && $this->nudges++ < self::MOST_NUDGES) {
                posix_kill($this->pid, SIGALRM);
                $this->limit = now() + self::NUDGE_SECONDS;
                $how = '';
            }
        }
        $isDone = $this->read($onLine) || $isDone;
        if ($isDone || $how !== '') {
            $this->kill();
        }
        fclose($this->socket);
        if (!isset($status) || $status === 0) {
            $this->reap($status, $end);
        }
        $this->kill();
        $this->code = pcntl_wifexited($status ?? 0) ? pcntl_wexitstatus($status ?? 0) : -pcntl_wtermsig($status ?? 0);
        return $how ?: ($isDone || $this->code === 0 ? 'ended' : 'died');
    }

    /** Collect its status; one that closed its line and does not end is killed. */
    private function reap(mixed &$status, float $end): void
    {
        for ($until = min($end, $this->limit ?? $end); ($pid = pcntl_waitpid($this->pid, $found, WNOHANG)) === 0;) {
            if (now() > $until) {
                $this->kill();
                $pid = pcntl_waitpid($this->pid, $found);
                break;
            }
            usleep(200);
        }
        $status = $pid > 0 ? $found : $status;
    }

    /** Hand on what was told; whether it said that it is done. */
    private function read(?callable $onLine): bool
    {
        $this->rest .= (string) stream_get_contents($this->socket);
        $lines = explode("\n", $this->rest);
        $this->rest = (string) array_pop($lines);
        $isDone = false;
        foreach ($lines as $text) {
            $record = json_decode($text, true);
            if (!is_array($record)) {
                continue;
            }
            if (isset($record['beat'])) {
                $this->limit = now() + (float) $record['beat'];
                $this->nudges = 0;
            }
            $isDone = isset($record['done']) || $isDone;
            $onLine === null ? null : $onLine($record);
        }
        return $isDone;
    }

    /** End it with all of its process group. */
    private function kill(): void
    {
        @posix_kill(-$this->pid, SIGKILL) || @posix_kill($this->pid, SIGKILL);
    }
}

/**
 * Let those that are forked from here on read the command's program from its beginning: it was opened before this
 * process became a nursery, and what one of them has read is read for all.
 */
function rewindProgram(): void
{
    $program = realpath((string) ($_SERVER['SCRIPT_FILENAME'] ?? ''));
    foreach ($program === false ? [] : scandir('/proc/self/fd') as $number) {
        if (@readlink("/proc/self/fd/$number") === $program && ($stream = @fopen("php://fd/$number", 'r'))) {
            fseek($stream, 0);
            fclose($stream);
        }
    }
}

/** Let this process fill three eighths of what the box has: beyond, the whole box would end. */
function boundMemory(): void
{
    preg_match('/^Max data size +\S+ +(\d+)/m', (string) @file_get_contents('/proc/self/limits'), $found);
    $known = bytesIn((string) ini_get('memory_limit'));
    if (isset($found[1]) && ($known < 0 || $known > 3 * $found[1] / 8)) {
        ini_set('memory_limit', (string) intdiv(3 * (int) $found[1], 8));
    }
}

function bytesIn(string $text): int
{
    $factor = ['k' => 1 << 10, 'm' => 1 << 20, 'g' => 1 << 30][strtolower(substr($text, -1))] ?? 1;
    return (int) $text * $factor;
}
