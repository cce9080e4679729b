<?php

declare(strict_types=1);

final class Token
{
    public function __construct(public readonly string $kind, public readonly string $text)
    {
    }
}

final class Tokenizer
{
    private const SHAPE = '~\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[a-z]+)|(?<sign>[-+*/()=]))~A';

    public function tokens(string $source): array
    {
        $tokens = [];
        $offset = 0;
        while ($offset < strlen($source)) {
            if (!preg_match(self::SHAPE, $source, $match, PREG_UNMATCHED_AS_NULL, $offset)) {
                throw new DomainException("cannot read $source");
            }
            $offset += strlen($match[0]);
            $tokens[] = $this->token($match);
        }
        return $tokens;
    }

    private function token(array $match): Token
    {
        foreach (['number', 'name', 'sign'] as $kind) {
            if (isset($match[$kind])) {
                return new Token($kind, $match[$kind]);
            }
        }
        throw new DomainException('nothing was read');
    }
}

final class Evaluator
{
    private array $tokens = [];
    private int $position = 0;
    private array $variables = [];

    public function run(string $source): float
    {
        $this->tokens = (new Tokenizer())->tokens($source);
        $this->position = 0;
        $second = $this->tokens[1] ?? null;
        if ($second !== null && $second->text === '=') {
            return $this->assign();
        }
        return $this->sum();
    }

    private function assign(): float
    {
        $name = $this->take()->text;
        $this->take();
        $value = $this->sum();
        $this->variables[$name] = $value;
        return $value;
    }

    private function sum(): float
    {
        $value = $this->product();
        while ($this->peek('+') || $this->peek('-')) {
            $sign = $this->take()->text;
            $right = $this->product();
            $value = $sign === '+' ? $value + $right : $value - $right;
        }
        return $value;
    }

    private function product(): float
    {
        $value = $this->atom();
        while ($this->peek('*') || $this->peek('/')) {
            $sign = $this->take()->text;
            $right = $this->atom();
            $value = $sign === '*' ? $value * $right : $value / $right;
        }
        return $value;
    }

    private function atom(): float
    {
        $token = $this->take();
        if ($token->kind === 'number') {
            return (float) $token->text;
        }
        if ($token->kind === 'name') {
            return $this->lookup($token->text);
        }
        $value = $this->sum();
        $this->take();
        return $value;
    }

    private function lookup(string $name): float
    {
        if (!array_key_exists($name, $this->variables)) {
            throw new OutOfBoundsException("unknown name: $name");
        }
        return $this->variables[$name];
    }

    private function peek(string $text): bool
    {
        $token = $this->tokens[$this->position] ?? null;
        return $token !== null && $token->text === $text;
    }

    private function take(): Token
    {
        $token = $this->tokens[$this->position];
        $this->position += 1;
        return $token;
    }
}
