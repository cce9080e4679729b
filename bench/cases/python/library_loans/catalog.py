"""Books and who has them."""

from dataclasses import dataclass


@dataclass
class Book:
    isbn: str
    title: str
    copies: int = 1


class Catalog:
    def __init__(self):
        self.books = {}

    def add(self, book):
        known = self.books.get(book.isbn)
        if known:
            known.copies += book.copies
        else:
            self.books[book.isbn] = book

    def find(self, text):
        """Books whose titles hold the text, whatever its case, by title."""
        wanted = text.lower()
        found = [book for book in self.books.values() if wanted in book.title]
        return sorted(found, key=lambda book: book.title)
