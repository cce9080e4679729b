export interface Book {
  isbn: string;
  title: string;
  copies: number;
  authors: string[];
}

export class Catalog {
  private books = new Map<string, Book>();

  add(isbn: string, title: string, authors: string[], copies: number): this {
    const known = this.books.get(isbn);
    if (known) {
      known.copies += copies;
    } else {
      this.books.set(isbn, { isbn, title, copies, authors });
    }
    return this;
  }

  find(isbn: string): Book {
    const book = this.books.get(isbn);
    if (book === undefined) {
      throw new Error(`no book ${isbn}`);
    }
    return book;
  }

  byAuthor(author: string): Book[] {
    const found = [...this.books.values()].filter((book) => book.authors.includes(author));
    return found.sort((a, b) => a.title.localeCompare(b.title));
  }

  get size(): number {
    return this.books.size;
  }
}
