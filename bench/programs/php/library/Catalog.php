<?php

declare(strict_types=1);

namespace Library;

use InvalidArgumentException;

final class Catalog
{
    private array $books = [];

    public function add(string $isbn, string $title, array $authors, int $copies): self
    {
        if (isset($this->books[$isbn])) {
            $this->books[$isbn]->copies += $copies;
        } else {
            $this->books[$isbn] = new Book($isbn, $title, $authors, $copies);
        }
        return $this;
    }

    public function find(string $isbn): Book
    {
        $book = $this->books[$isbn] ?? null;
        if ($book === null) {
            throw new InvalidArgumentException("no book $isbn");
        }
        return $book;
    }

    public function byAuthor(string $author): array
    {
        $found = array_filter($this->books, fn (Book $book) => $book->hasAuthor($author));
        usort($found, fn (Book $a, Book $b) => strcmp($a->title, $b->title));
        return $found;
    }

    public function size(): int
    {
        return count($this->books);
    }
}
