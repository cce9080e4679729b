from datetime import date

import pytest

from catalog import Book, Catalog
from loans import Desk, Unavailable


def desk(copies):
    catalog = Catalog()
    catalog.add(Book("1", "The Trial", copies))
    return Desk(catalog)


def test_copies():
    place = desk(3)
    for reader in "abc":
        place.lend("1", reader, date(2024, 1, 1))
    with pytest.raises(Unavailable):
        place.lend("1", "d", date(2024, 1, 1))
    place.give_back("1", "b", date(2024, 1, 2))
    place.lend("1", "d", date(2024, 1, 3))


@pytest.mark.parametrize(("day", "fine"), [(date(2024, 1, 10), 0), (date(2024, 1, 15), 0), (date(2024, 1, 16), 20), (date(2024, 2, 9), 500), (date(2024, 2, 8), 480), (date(2025, 1, 1), 500)])
def test_fines(day, fine):
    place = desk(1)
    place.lend("1", "a", date(2024, 1, 1))
    assert place.give_back("1", "a", day) == fine


def test_find_any_case():
    place = desk(1)
    place.catalog.add(Book("1", "The Trial", 2))
    assert place.catalog.books["1"].copies == 3
    for text in ("tRiAl", "THE", "the t", "al"):
        assert len(place.catalog.find(text)) == 1
