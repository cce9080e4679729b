<?php

declare(strict_types=1);

namespace Library;

final class Book
{
    public function __construct(
        public readonly string $isbn,
        public readonly string $title,
        public readonly array $authors,
        public int $copies,
    ) {
    }

    public function hasAuthor(string $author): bool
    {
        return in_array($author, $this->authors, true);
    }
}
