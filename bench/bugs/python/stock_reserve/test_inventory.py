import pytest

from inventory import Inventory, OutOfStock


def test_reserving_takes_pieces():
    inventory = Inventory({"bolt": 5})
    inventory.reserve({"bolt": 5})
    assert inventory.available("bolt") == 0


def test_short_orders_take_nothing():
    inventory = Inventory({"bolt": 5, "nut": 1})
    with pytest.raises(OutOfStock, match="nut"):
        inventory.reserve({"bolt": 2, "nut": 2})
    assert inventory.available("bolt") == 5


def test_restock_of_a_new_article():
    inventory = Inventory({})
    inventory.restock("nut", 3)
    assert inventory.available("nut") == 3
