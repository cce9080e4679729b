<?php

/*
 * Runs in a box: a candidate's bytes on disk, and the project's files as they were. A program under test may
 * write beside its own files: each candidate must find the folder as the first did.
 */

namespace Goldseam\Screen;

/** A candidate's bytes in the box's copy of the project. */
final class Laid
{
    /** @var array<string, array{string, int}> */
    private array $before = [];
    public bool $isWhole = true;

    public function __construct(Plan $plan, array $candidate)
    {
        foreach ($candidate as $path => $edits) {
            $place = "$plan->root/$path";
            $data = @file_get_contents($place);
            if ($data === false || @file_put_contents($place, applied($data, $edits)) === false) {
                $this->isWhole = false;
                break;
            }
            $this->before[$place] = [$data, (int) @filemtime($place)];
        }
    }

    public function undo(): void
    {
        foreach ($this->before as $place => [$data, $time]) {
            file_put_contents($place, $data);
            touch($place, $time);
        }
    }
}

/** The files below `root`, dependencies aside; `isKnown` is false where they are too many to keep. */
final class Tree
{
    private const NOT_LOOKED_AT = ['.git', 'vendor', 'node_modules', '.venv', 'venv', '__pycache__'];
    private const MOST_FILES = 5_000;
    private const MOST_BYTES = 50_000_000;
    private const OLD_SECONDS = 10;

    private array $folders = [];
    /** @var array<string, array{int, int, string}> time, size, bytes */
    private array $files = [];
    public bool $isKnown = true;

    public function __construct(private readonly string $root)
    {
        $left = self::MOST_BYTES;
        foreach ($this->walk($root) as $place => $isFolder) {
            if ($isFolder) {
                $this->folders[$place] = true;
                continue;
            }
            $left -= (int) @filesize($place);
            if ($left < 0 || count($this->files) >= self::MOST_FILES) {
                $this->isKnown = false;
                return;
            }
            $time = min((int) @filemtime($place), time() - self::OLD_SECONDS);
            @touch($place, $time); // A time is told in whole seconds: what is written from now on differs.
            $this->files[$place] = [$time, (int) @filesize($place), (string) @file_get_contents($place)];
        }
    }

    /** Remove what is new, write again what was changed or removed; whether there was anything. */
    public function restore(): bool
    {
        if (!$this->isKnown) {
            return false;
        }
        clearstatcache();
        $found = iterator_to_array($this->walk($this->root));
        $isChanged = false;
        foreach (array_reverse($found, true) as $place => $isFolder) {
            if (!isset($this->folders[$place]) && !isset($this->files[$place])) {
                $isFolder ? @rmdir($place) : @unlink($place);
                $isChanged = true;
            }
        }
        foreach ($this->files as $place => [$time, $size, $data]) {
            if (!isset($found[$place]) && !is_dir(dirname($place))) {
                @mkdir(dirname($place), 0o777, true);
            }
            if (!isset($found[$place]) || @filemtime($place) !== $time || @filesize($place) !== $size) {
                @file_put_contents($place, $data);
                @touch($place, $time);
                $isChanged = true;
            }
        }
        clearstatcache();
        return $isChanged;
    }

    /** @return iterable<string, bool> whether it is a folder; folders before what is in them */
    private function walk(string $folder): iterable
    {
        foreach (@scandir($folder, SCANDIR_SORT_NONE) ?: [] as $name) {
            $place = "$folder/$name";
            if ($name === '.' || $name === '..' || in_array($name, self::NOT_LOOKED_AT, true)) {
                continue;
            }
            $isFolder = is_dir($place) && !is_link($place);
            yield $place => $isFolder;
            if ($isFolder) {
                yield from $this->walk($place);
            }
        }
    }
}
