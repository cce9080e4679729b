"""Lending: for how long, and what it costs to be late."""

from datetime import timedelta

from catalog import Catalog

LOAN_DAYS = 14
FINE_A_DAY = 20
MOST_FINE = 500


class Unavailable(Exception):
    pass


class Desk:
    def __init__(self, catalog):
        self.catalog = catalog
        self.loans = {}

    def lend(self, isbn, reader, day):
        """Lends a copy for two weeks; tells the day on which it is due."""
        book = self.catalog.books[isbn]
        out = sum(1 for lent, _ in self.loans if lent == isbn)
        if out > book.copies:
            raise Unavailable(book.title)
        due = day + timedelta(LOAN_DAYS)
        self.loans[(isbn, reader)] = due
        return due

    def give_back(self, isbn, reader, day):
        """The fine in cents: 20 for each day too late, 500 at most."""
        due = self.loans.pop((isbn, reader))
        late = (due - day).days
        return max(MOST_FINE, late * FINE_A_DAY) if late > 0 else 0

    def overdue(self, day):
        """Readers with a loan that was due before this day, each once, sorted."""
        return sorted({reader for (_, reader), due in self.loans.items() if due < day})
