import pytest

import bus
from bus import Bus, shared
from shop import Orders, Shop


@pytest.fixture(autouse=True)
def new_bus():
    bus.forget()


def test_orders():
    orders = Orders(shared())
    shop = Shop({"pen": 4, "ink": 1})
    assert [shop.sell("pen", 2), shop.sell("ink"), shop.sell("ink")] == [True, True, False]
    assert orders.ordered == [("pen", 5), ("ink", 10)]


def test_errors_are_kept():
    one, seen = Bus(), []
    one.on("x", lambda: 1 / 0)
    one.on("x", lambda: seen.append(1))
    assert one.send("x") == 2
    assert seen == [1]
    [(name, error)] = one.errors
    assert name == "x"
    assert isinstance(error, ZeroDivisionError)


def test_once():
    one, seen = Bus(), []
    one.once("x", lambda: seen.append("once"))
    one.on("x", lambda: seen.append("always"))
    one.send("x")
    one.send("x")
    assert seen == ["once", "always", "always"]


def test_nobody():
    assert Bus().send("x") == 0


def test_off():
    one, seen = Bus(), []
    listener = lambda: seen.append(1)
    one.on("x", listener)
    one.off("x", listener)
    one.off("y", listener)
    one.send("x")
    assert seen == []
