export class Catalog {
  books = new Map();
  add(isbn, title, authors, copies) {
    const known = this.books.get(isbn);
    if (known) {
      known.copies += copies;
    }
    else {
      this.books.set(isbn, { isbn, title, copies, authors });
    }
    return this;
  }
  find(isbn) {
    const book = this.books.get(isbn);
    if (book === undefined) {
      throw new Error(`no book ${isbn}`);
    }
    return book;
  }
  byAuthor(author) {
    const found = [...this.books.values()].filter((book) => book.authors.includes(author));
    return found.sort((a, b) => a.title.localeCompare(b.title));
  }
  get size() {
    return this.books.size;
  }
}
