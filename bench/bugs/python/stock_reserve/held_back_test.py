import pytest

from inventory import Inventory, OutOfStock


def test_the_last_of_many_is_short():
    inventory = Inventory({name: 10 for name in "abcde"})
    with pytest.raises(OutOfStock):
        inventory.reserve({"a": 1, "b": 2, "c": 3, "d": 4, "e": 11})
    assert [inventory.available(name) for name in "abcde"] == [10] * 5


def test_unknown_article():
    inventory = Inventory({"a": 1})
    with pytest.raises(OutOfStock):
        inventory.reserve({"a": 1, "x": 1})
    assert inventory.available("a") == 1


def test_good_orders_go_through():
    inventory = Inventory({"a": 3, "b": 2})
    inventory.reserve({"a": 1, "b": 2})
    inventory.reserve({"a": 2})
    assert (inventory.available("a"), inventory.available("b")) == (0, 0)
