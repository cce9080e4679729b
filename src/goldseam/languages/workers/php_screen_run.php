<?php

/*
 * Runs in a box: tries candidates on a script, whatever it does: its exit code and what it printed are told, and
 * judged by somebody else. Each candidate's bytes are laid over the box's copy of the project, and a fork of the
 * nursery goes on as the program. PHP cannot redirect its own output, so the nursery is the command once more,
 * with files in the place of its output, which all of its forks share in turn.
 */

namespace Goldseam\Screen;

final class Scripts
{
    private const MOST_OUTPUT = 200_000;
    private const MOST_TOLD = 8_000_000;
    private const FIRST = 2.0;
    private const LATER = 4.0;
    private const OUTPUT = 'GOLDSEAM_SCREEN_OUTPUT';

    private readonly Tree $tree;
    /** @var array<string, int> candidates by how they ended */
    private array $told = [];
    private int $bytesLeft = self::MOST_TOLD;
    private float $seconds;
    /** @var list<resource> */
    private array $output = [];

    public function __construct(private readonly Plan $plan, private readonly Board $board)
    {
        $this->seconds = $plan->seconds;
    }

    /** Returns only in children, which go on as the program. */
    public function nurse(): void
    {
        $folder = (string) getenv(self::OUTPUT);
        if ($folder === '') {
            $this->startAgain();
        }
        $this->output = [fopen("$folder/out", 'r+'), fopen("$folder/err", 'r+')];
        $this->tree = new Tree($this->plan->root);
        $first = $this->tree->isKnown ? $this->run($this->limit(self::FIRST)) : [];
        if ($first === null) {
            return;
        }
        if ($first && $first[0] === 'timeout') {
            $this->seconds = 0.0;
        }
        if ($first && $this->tryAll()) {
            return;
        }
        exit(0);
    }

    private function startAgain(): never
    {
        $folder = sys_get_temp_dir() . '/goldseam-' . getmypid();
        mkdir($folder, 0o700);
        $words = ownWords();
        $streams = [STDIN, ['file', "$folder/out", 'a'], ['file', "$folder/err", 'a']];
        $environment = [...getenv(), self::OUTPUT => $folder];
        $process = proc_open([PHP_BINARY, ...array_slice($words, 1)], $streams, $pipes, null, $environment);
        exit($process === false ? 1 : proc_close($process));
    }

    /** Seconds for one run; where the unpatched script does not end, its time tells nothing. */
    private function limit(float $factor): float
    {
        return min(max(0.5 * $factor, $factor * $this->seconds), max($this->plan->end - now(), 0.1));
    }

    /** Try each candidate, those again that were late; whether this is the child that goes on. */
    private function tryAll(): bool
    {
        $late = [];
        foreach (array_keys($this->plan->candidates) as $at) {
            $ended = $this->tryOne($at, self::FIRST);
            if ($ended === null) {
                return true;
            }
            if ($ended === 'timeout') {
                $late[] = $at;
            }
        }
        foreach ($late as $at) {
            $ended = $this->tryOne($at, self::LATER);
            if ($ended === null) {
                return true;
            }
            if ($ended === 'timeout' && now() < $this->plan->end) {
                $this->board->write(['is' => 'ran', 'at' => $at, 'ended' => 'timeout', 'exit' => 0, 'out' => '', 'err' => '']);
            }
        }
        return false;
    }

    /** How a candidate ended; null in the child that is to go on as the program. */
    private function tryOne(int $at, float $factor): ?string
    {
        if (now() > $this->plan->end) {
            return '';
        }
        $laid = new Laid($this->plan, $this->plan->candidates[$at]);
        $ended = $laid->isWhole ? $this->run($this->limit($factor)) : [''];
        if ($ended === null) {
            return null;
        }
        $laid->undo();
        if ($ended[0] !== 'timeout' && $ended[0] !== '') {
            $this->tell($at, ...$ended);
        }
        return $ended[0];
    }

    /** How the program ended, its code and what it printed; null in the child that is to go on as the program. */
    private function run(float $limit): ?array
    {
        foreach ($this->output as $stream) {
            ftruncate($stream, 0);
        }
        rewindProgram();
        $child = Child::fork();
        if ($child === null) {
            boundMemory();
            return null;
        }
        $how = $child->watch($this->plan->end, $limit);
        $printed = array_map($this->head(...), $this->output);
        $this->tree->restore();
        $ended = $how === 'late' || $how === 'over' ? 'timeout' : ($child->code < 0 ? 'killed' : 'exited');
        return [$ended, $child->code, ...$printed];
    }

    /** The beginning of what was printed: one byte more than is told, so that more is noticed. */
    private function head(mixed $stream): string
    {
        rewind($stream);
        return (string) stream_get_contents($stream, self::MOST_OUTPUT + 1);
    }

    /** Candidates that end alike share what they printed. */
    private function tell(int $at, string $ended, int $code, string $out, string $err): void
    {
        if (strlen($out) > self::MOST_OUTPUT) {
            return;
        }
        $same = md5(serialize([$ended, $code, $out, $err]));
        $record = ['is' => 'ran', 'at' => $at, 'ended' => $ended, 'exit' => $code];
        if (isset($this->told[$same])) {
            $this->board->write([...$record, 'as' => $this->told[$same]]);
            return;
        }
        $record += ['out' => base64_encode($out), 'err' => base64_encode($err)];
        $this->bytesLeft -= strlen($record['out']) + strlen($record['err']);
        if ($this->bytesLeft > 0) {
            $this->told[$same] = $at;
            $this->board->write($record);
        }
    }
}
