<?php

namespace goldseam\checker;

use Exception;
use Throwable;

/*
 * Boxed worker: compiles what it is sent as `php -l` does, and runs none of it.
 *
 * A line in: {"path", "data": base64} or {"files": [{"path", "data"}, …]}. A line out: {"problem": null},
 * {"problem": {"message", "line", "column", "end_line", "end_column"}} or {"problems": […]}; lines from 1, a
 * column of 0 is unknown.
 *
 * `include` compiles a whole file, closes its stream, then runs it. Here the closing throws, so that the third
 * never happens. Compiling leaves functions and classes behind: it is done in a forked child, and a file that
 * is refused for another reason than its grammar is judged once more by a child that has seen nothing else.
 */

const FILES_A_CHILD = 250;

final class Compiled extends Exception
{
}

final class Source
{
    public static string $text = '';
    public static bool $throws = false;
    public $context;
    private int $position = 0;

    public function stream_open(): bool
    {
        return true;
    }

    public function stream_read(int $count): string
    {
        $part = substr(self::$text, $this->position, $count);
        $this->position += strlen($part);
        return $part;
    }

    public function stream_eof(): bool
    {
        return $this->position >= strlen(self::$text);
    }

    public function stream_stat(): array
    {
        return ['size' => strlen(self::$text), 'mode' => 0100644];
    }

    public function stream_set_option(): bool
    {
        return false;
    }

    public function stream_close(): void
    {
        if (self::$throws) {
            throw new Compiled();
        }
    }
}

function problem(string $message, int $line): array
{
    return ['message' => $message, 'line' => max(1, $line), 'column' => 0, 'end_line' => 0, 'end_column' => 0];
}

/** Null, or what the compiler says; a fatal error ends the process. */
function compiled(string $text): ?array
{
    Source::$text = $text;
    Source::$throws = true;
    try {
        include 'goldseam://source.php';
    } catch (Compiled) {
        return null;
    } catch (Throwable $error) {
        return problem($error->getMessage(), $error->getLine());
    } finally {
        Source::$throws = false;
    }
    return problem('the compiler gave no verdict', 1);
}

/** In a child: writes a verdict a file, and before it ends by a fatal error, that error. */
function judge(array $texts, $out): never
{
    register_shutdown_function(static function () use ($out): void {
        Source::$throws = false;
        $fatal = error_get_last();
        if ($fatal !== null) {
            tell($out, problem($fatal['message'], $fatal['line']) + ['fatal' => true]);
        }
        vanish();
    });
    foreach ($texts as $text) {
        error_clear_last();
        tell($out, compiled($text));
    }
    vanish();
}

/** End at once: nothing that was compiled is destroyed, flushed or called. */
function vanish(): never
{
    function_exists('posix_kill') && posix_kill(getmypid(), 9);
    exit(0);
}

function tell($out, mixed $value): void
{
    fwrite($out, json_encode($value, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES) . "\n");
}

/** Verdicts of one child, as many as it came to give. */
function verdicts(array $texts): array
{
    [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    $child = pcntl_fork();
    if ($child === 0) {
        fclose($ours);
        judge($texts, $theirs);
    }
    fclose($theirs);
    $said = stream_get_contents($ours);
    fclose($ours);
    pcntl_waitpid($child, $status);
    return array_map(
        static fn (string $line): ?array => json_decode($line, true),
        array_filter(explode("\n", $said), 'strlen'),
    );
}

/** A problem or null for each text. */
function problems(array $texts): array
{
    $found = [];
    while (count($found) < count($texts)) {
        $given = verdicts(array_slice($texts, count($found), FILES_A_CHILD));
        $last = end($given);
        $is_fatal = is_array($last) && isset($last['fatal']);
        if ($is_fatal && count($given) > 1) {
            array_pop($given);
        }
        if ($given === []) {
            $given = [problem('the compiler died of it', 1)];
        }
        foreach ($given as $verdict) {
            unset($verdict['fatal']);
            $found[] = $verdict;
        }
    }
    return $found;
}

/** The same by a process a file, where this PHP cannot fork. */
function problems_by_process(array $texts): array
{
    return array_map(static function (string $text): ?array {
        $command = [PHP_BINARY, '-d', 'display_errors=stdout', '-d', 'log_errors=0', '-d', 'html_errors=0', '-l'];
        $file = tempnam(sys_get_temp_dir(), 'check');
        file_put_contents($file, $text);
        $process = proc_open([...$command, $file], [1 => ['pipe', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
        $said = stream_get_contents($pipes[1]);
        $status = proc_close($process);
        unlink($file);
        if ($status === 0) {
            return null;
        }
        $shape = '/^(?:PHP )?(?:Parse|Fatal|Compile) error:\s+(.*) in \S+ on line (\d+)$/ms';
        return preg_match($shape, $said, $match) ? problem($match[1], (int) $match[2]) : problem(trim($said), 1);
    }, $texts);
}

/** Whether compiling without running works as it should in this PHP. */
function can_fork(): bool
{
    if (!function_exists('pcntl_fork')) {
        return false;
    }
    $verdicts = problems(['<?php exit(1);', '<?php break;', '<?php echo 1', '<?php const A = 1;']);
    return array_map('is_array', $verdicts) === [false, true, true, false];
}

stream_wrapper_register('goldseam', Source::class);
$judge = can_fork() ? problems(...) : problems_by_process(...);
while (($line = fgets(STDIN)) !== false) {
    $question = json_decode($line, true);
    $files = $question['files'] ?? [$question];
    $found = $judge(array_map(static fn (array $file): string => base64_decode($file['data']), $files));
    tell(STDOUT, isset($question['files']) ? ['problems' => $found] : ['problem' => $found[0]]);
}
