import pytest

from lookup import Document, NoSuchPath, split

TEXT = '{"orders": [{"id": 7, "lines": [{"price": 3}, {"price": 4}]}, {"id": 8, "lines": []}], "a.b": {"c": null}}'


def test_keys():
    assert Document(TEXT).one("a\\.b.c") is None


def test_all_of_a_list():
    assert Document(TEXT).all("orders.*.id") == [7, 8]


def test_place_in_a_list():
    assert Document(TEXT).one("orders.1.id") == 8


def test_last():
    assert Document(TEXT).all("orders.*.lines.-1.price") == [4]


def test_missing():
    assert Document(TEXT).one("orders.5.id", "none") == "none"
    with pytest.raises(NoSuchPath):
        Document(TEXT).one("x")


def test_split():
    assert split("a.b\\.c.d") == ["a", "b.c", "d"]
