<?php

/*
 * Runs in a box: the bodies of a file's outermost functions, and the closures that may stand for them.
 *
 * Parameters, their types and defaults, and the type of the result stay those of the function itself, so only edits
 * inside of a body are tried so. `Unfit` is what could do otherwise in a closure: generators, static variables,
 * names of the function or file, late static binding without an object.
 */

namespace Goldseam\Screen;

final class Unfit extends \Exception
{
}

/** A function's body, the bytes `[start, end)` of its file between its braces. */
final class Body
{
    /**
     * @param string $head what stands before it in a file of its own: strict types, namespace, imports
     * @param list<string> $parameters such as `$a` and `&$b`
     */
    public function __construct(
        public readonly int $id,
        public readonly int $start,
        public readonly int $end,
        public readonly string $head,
        public readonly array $parameters,
        public readonly bool $isMethod,
        public readonly bool $isStatic,
        public readonly bool $isVoid,
        public readonly bool $isFit,
    ) {
    }

    /** What asks for a closure, at the beginning of the body. */
    public function question(): string
    {
        $of = '\\Goldseam\\Screen\\Swap::$of[' . $this->id . ']';
        $bound = $this->isMethod ? "{$of}->bindTo(" . ($this->isStatic ? 'null' : '$this') . ', self::class)' : "($of)";
        $call = "$bound(" . str_replace('&', '', implode(', ', $this->parameters)) . ')';
        $answer = $this->isVoid ? "$call; return;" : "return $call;";
        return " if (\\class_exists('Goldseam\\\\Screen\\\\Swap', false) && isset($of)) { $answer }";
    }

    /** The closure that has another text for its body; raises `Unfit`, or what PHP raises. */
    public function closure(string $text): \Closure
    {
        checkText($text, $this->isStatic);
        $closure = evaluated($this->head . 'return function (' . implode(', ', $this->parameters) . ") {" . $text . "\n};");
        return $closure instanceof \Closure ? $closure : throw new Unfit('it is no closure');
    }
}

function evaluated(string $code): mixed
{
    return eval($code);
}

/** Raises `Unfit` for a text that would do otherwise in a closure, or that ends before its last byte. */
function checkText(string $text, bool $isStatic): void
{
    $depth = 0;
    $before = 0;
    foreach (\PhpToken::tokenize("<?php $text") as $token) {
        if ($token->isIgnorable()) {
            if ($token->is(T_COMMENT) && str_starts_with($token->text, '/*') && !str_ends_with($token->text, '*/')) {
                throw new Unfit('a comment without end');
            }
            continue;
        }
        $depth += $token->is(['{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES]) ? 1 : ($token->is('}') ? -1 : 0);
        $isOfStatic = $before === T_STATIC && ($token->is(T_VARIABLE) || ($isStatic && $token->is(T_DOUBLE_COLON)));
        $isNewStatic = $isStatic && $before === T_NEW && $token->is(T_STATIC);
        if ($depth < 0 || $isOfStatic || $isNewStatic || $token->is(Source::PLACED)) {
            throw new Unfit('it would do otherwise in a closure');
        }
        if ($token->is([T_STRING, T_NAME_FULLY_QUALIFIED]) && preg_match(Source::PLACED_NAMES, $token->text)) {
            throw new Unfit('it asks for its caller');
        }
        $before = $token->id;
    }
    if ($depth !== 0) {
        throw new Unfit('its braces do not match');
    }
}

/** A file under repair and the bodies of its outermost functions. */
final class Source
{
    public const PLACED = [T_YIELD, T_YIELD_FROM, T_FUNC_C, T_METHOD_C, T_LINE, T_FILE, T_DIR, T_TRAIT_C, T_HALT_COMPILER];
    public const PLACED_NAMES = '/^\\\\?(?:func_get_args?|func_num_args|get_called_class|debug_(?:print_)?backtrace)$/i';
    private const OPENING = ['{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES];
    private const KINDS = [T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM];
    private static int $count = 0;

    /** @var list<Body> */
    public array $bodies = [];
    /** @var list<\PhpToken> without comments and white space */
    private array $tokens;
    private string $strict = '';
    private string $namespace = '';
    private string $imports = '';

    public function __construct(public readonly string $data)
    {
        $tokens = \PhpToken::tokenize($data, TOKEN_PARSE);
        $this->tokens = array_values(array_filter($tokens, static fn (\PhpToken $one): bool => !$one->isIgnorable()));
        $this->look();
    }

    /** The text with a question in each body. */
    public function rewritten(): string
    {
        $edits = [];
        foreach ($this->bodies as $body) {
            if ($body->isFit) {
                $edits[] = [$body->start, $body->start, $body->question()];
            }
        }
        return applied($this->data, $edits);
    }

    /** The body around an edit; raises `Unfit`. */
    public function bodyOf(int $start, int $end): Body
    {
        foreach ($this->bodies as $body) {
            if ($body->start <= $start && $end <= $body->end && $body->isFit) {
                return $body;
            }
        }
        throw new Unfit('outside of bodies that can be exchanged');
    }

    private function look(): void
    {
        $around = [];
        $kind = '';
        for ($at = 0; $at < count($this->tokens); $at++) {
            $token = $this->tokens[$at];
            $before = $this->tokens[$at - 1] ?? null;
            if ($token->is(T_DECLARE)) {
                $this->strict .= $this->statement($at) . ' ';
            } elseif ($token->is(T_NAMESPACE)) {
                $name = $this->tokens[$at + 1];
                $this->namespace = $name->is('{') ? '' : "namespace $name->text; ";
                $this->imports = '';
            } elseif ($token->is(T_USE) && !in_array('class', $around, true)) {
                $this->imports .= $this->statement($at) . ' ';
            } elseif ($token->is(self::KINDS) && !$before?->is(T_DOUBLE_COLON)) {
                $kind = 'class';
            } elseif ($token->is(T_FUNCTION)) {
                $at = $this->function($at, end($around) === 'class');
            } elseif ($token->is(self::OPENING)) {
                $around[] = $kind;
                $kind = '';
            } elseif ($token->is('}')) {
                array_pop($around);
            }
        }
    }

    /** The text from a token to the end of its statement, where `at` is then. */
    private function statement(int &$at): string
    {
        for ($text = ''; $at < count($this->tokens); $at++) {
            $text .= $this->tokens[$at]->text . ' ';
            if ($this->tokens[$at]->is(';')) {
                break;
            }
        }
        return $text;
    }

    /** Know the function whose keyword is at `at`; returns where it ends. */
    private function function(int $at, bool $isMethod): int
    {
        $isByReference = str_starts_with($this->tokens[$at + 1]->text, '&');
        $name = $this->tokens[$at + 1 + (int) $isByReference];
        [$parameters, $place] = $this->parameters($at);
        for ($type = ''; !$this->tokens[++$place]->is(['{', ';']);) {
            $type .= strtolower($this->tokens[$place]->text);
        }
        if ($this->tokens[$place]->is(';')) {
            return $place;
        }
        $end = $this->closing($place);
        if (!$name->is('(')) {
            $isFit = !$isByReference && $type !== ':never' && $parameters !== null;
            $start = $this->tokens[$place]->pos + 1;
            $length = $this->tokens[$end]->pos - $start;
            $isStatic = $isMethod && $this->isStatic($at);
            try {
                checkText(substr($this->data, $start, $length), $isStatic);
            } catch (Unfit) {
                $isFit = false;
            }
            $head = $this->strict . $this->namespace . $this->imports;
            $this->bodies[] = new Body(self::$count++, $start, $start + $length, $head, $parameters ?? [], $isMethod,
                $isStatic, $type === ':void', $isFit);
        }
        return $end;
    }

    private function isStatic(int $at): bool
    {
        while ($at > 0 && !$this->tokens[--$at]->is([';', '{', '}', ']'])) {
            if ($this->tokens[$at]->is(T_STATIC)) {
                return true;
            }
        }
        return false;
    }

    /** The parameters of the function at `at`, null where they hold code, and where they end. */
    private function parameters(int $at): array
    {
        $found = [];
        while (!$this->tokens[$at]->is('(')) {
            $at++;
        }
        $isByReference = $hasCode = false;
        for ($depth = 0; ; $at++) {
            $token = $this->tokens[$at];
            $depth += $token->is(['(', '[', T_ATTRIBUTE]) ? 1 : ($token->is([')', ']']) ? -1 : 0);
            $hasCode = $hasCode || $token->is('{');
            $isByReference = $token->text === '&' || ($isByReference && !$token->is(','));
            if ($depth === 1 && $token->is(T_VARIABLE)) {
                $found[] = ($isByReference ? '&' : '') . $token->text;
            }
            if ($depth === 0) {
                return [$hasCode ? null : $found, $at];
            }
        }
    }

    private function closing(int $at): int
    {
        for ($depth = 0; ; $at++) {
            $depth += $this->tokens[$at]->is(self::OPENING) ? 1 : ($this->tokens[$at]->is('}') ? -1 : 0);
            if ($depth === 0) {
                return $at;
            }
        }
    }
}
