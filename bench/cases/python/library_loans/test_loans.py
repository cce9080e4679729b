from datetime import date

import pytest

from catalog import Book, Catalog
from loans import Desk, Unavailable


def desk():
    catalog = Catalog()
    catalog.add(Book("1", "Moby Dick", 2))
    catalog.add(Book("2", "Dubliners"))
    return Desk(catalog)


def test_find():
    assert [book.isbn for book in desk().catalog.find("D")] == ["2", "1"]
    assert [book.isbn for book in desk().catalog.find("moby")] == ["1"]


def test_due():
    assert desk().lend("1", "ann", date(2024, 2, 20)) == date(2024, 3, 5)


def test_all_copies_are_out():
    place = desk()
    place.lend("2", "ann", date(2024, 1, 1))
    with pytest.raises(Unavailable, match="Dubliners"):
        place.lend("2", "bob", date(2024, 1, 2))


def test_fine():
    place = desk()
    place.lend("1", "ann", date(2024, 1, 1))
    assert place.give_back("1", "ann", date(2024, 1, 18)) == 60


def test_no_fine():
    place = desk()
    place.lend("1", "ann", date(2024, 1, 1))
    assert place.give_back("1", "ann", date(2024, 1, 15)) == 0


def test_overdue():
    place = desk()
    place.lend("1", "ann", date(2024, 1, 1))
    place.lend("2", "ann", date(2024, 1, 1))
    assert place.overdue(date(2024, 1, 15)) == []
    assert place.overdue(date(2024, 1, 16)) == ["ann"]
