<?php

declare(strict_types=1);

final class Cache
{
    private array $items = [];
    private Closure $clock;
    public int $computed = 0;

    public function __construct(?Closure $clock = null)
    {
        $this->clock = $clock ?? fn () => time();
    }

    // without seconds a value is kept for ever
    public function set(string $key, mixed $value, ?int $seconds = null): void
    {
        $ends = $seconds === null ? null : ($this->clock)() + $seconds;
        $this->items[$key] = ['value' => $value, 'ends' => $ends];
    }

    public function has(string $key): bool
    {
        if (!isset($this->items[$key]['value'])) {
            return false;
        }
        return true;
    }

    public function get(string $key, mixed $default = null): mixed
    {
        return $this->has($key) ? $this->items[$key]['value'] : $default;
    }

    public function remember(string $key, ?int $seconds, Closure $compute): mixed
    {
        if (!$this->has($key)) {
            $this->computed++;
            $this->set($key, $compute(), $seconds);
        }
        return $this->get($key);
    }

    public function prune(): int
    {
        $before = count($this->items);
        $this->items = array_filter($this->items, fn (string $key) => $this->has($key), ARRAY_FILTER_USE_KEY);
        return $before - count($this->items);
    }
}
