<?php

declare(strict_types=1);

final class TaskList
{
    /** @var array<int, array{title: string, done: bool, tags: string[]}> */
    private array $tasks = [];

    public function add(string $title, array $tags = []): static
    {
        $this->tasks[] = ['title' => $title, 'done' => false, 'tags' => $tags];
        return $this;
    }

    public function finish(string $title): bool
    {
        foreach ($this->tasks as &$task) {
            if ($task['title'] === $title && !$task['done']) {
                $task['done'] = true;
                return true;
            }
        }
        return false;
    }

    /**
     * The tasks for which `$wanted` holds, as a list counted from zero, in their order.
     */
    public function where(callable $wanted): array
    {
        return array_filter($this->tasks, $wanted);
    }

    public function open(): array
    {
        return $this->where(fn (array $task) => !$task['done']);
    }

    public function tagged(string $tag): array
    {
        return $this->where(fn (array $task) => in_array($tag, $task['tags'], true));
    }

    /** Title of the first open task, or null. */
    public function next(): ?string
    {
        return $this->open()[0]['title'] ?? null;
    }

    /** What the page asks for: a JSON list of titles. */
    public function json(): string
    {
        return json_encode(array_map(fn (array $task) => $task['title'], $this->open()));
    }
}
