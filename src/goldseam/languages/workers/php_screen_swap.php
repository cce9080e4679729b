<?php

/*
 * Runs in a box: tries an edit of a function by exchanging a closure (mutant schemata: Untch, Offutt, Harrold 1993).
 * Files under repair are written anew before the program reads them: each outermost function or method first asks
 * whether a closure stands for its body.
 */

namespace Goldseam\Screen;

/** What stands for bodies now, and the files that ask for it. */
final class Swap
{
    /** @var array<int, \Closure> by body */
    public static array $of = [];
    /** @var array<string, Source> by path */
    private array $sources = [];

    /** Write the files under repair anew. */
    public function __construct(private readonly Plan $plan)
    {
        foreach ($plan->paths() as $path) {
            $data = @file_get_contents("$plan->root/$path");
            try {
                $source = new Source((string) $data);
            } catch (\ParseError) {
                continue;
            }
            file_put_contents("$plan->root/$path", $source->rewritten());
            $this->sources[$path] = $source;
        }
    }

    /** Put the files back. */
    public function undo(): void
    {
        foreach ($this->sources as $path => $source) {
            file_put_contents("{$this->plan->root}/$path", $source->data);
        }
    }

    /** Raises `ParseError` for a file that does not parse. */
    public function parse(array $candidate): void
    {
        foreach ($candidate as $path => $edits) {
            if (isset($this->sources[$path])) {
                \PhpToken::tokenize(applied($this->sources[$path]->data, $edits), TOKEN_PARSE);
            }
        }
    }

    /** Have candidates' bodies run; raises `Unfit`. */
    public function begin(array $candidate): void
    {
        $exchanged = [];
        foreach ($this->groups($candidate) as [$source, $body, $edits]) {
            $text = substr($source->data, $body->start, $body->end - $body->start);
            try {
                $exchanged[$body->id] = $body->closure(applied($text, $edits, $body->start));
            } catch (\ParseError) {
                throw new Unfit('it does not parse by itself');
            }
        }
        self::$of = $exchanged;
    }

    /** Have a closure of its own text run for each body that candidates change. */
    public function beginUnpatched(): void
    {
        foreach ($this->plan->candidates as $candidate) {
            try {
                foreach ($this->groups($candidate) as [$source, $body]) {
                    self::$of[$body->id] ??= $body->closure(substr($source->data, $body->start, $body->end - $body->start));
                }
            } catch (Unfit) {
                continue;
            }
        }
    }

    /** @return list<array{Source, Body, list<array>}> the edits by body; raises `Unfit` */
    public function groups(array $candidate): array
    {
        $found = [];
        foreach ($candidate as $path => $edits) {
            $source = $this->sources[$path] ?? throw new Unfit('a file that is not known');
            foreach ($edits as $edit) {
                $body = $source->bodyOf($edit[0], $edit[1]);
                $found[$body->id] ??= [$source, $body, []];
                $found[$body->id][2][] = $edit;
            }
        }
        return array_values($found);
    }
}
