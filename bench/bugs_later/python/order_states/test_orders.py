import pytest

from orders import NotAllowed, Order, board, try_all


def test_way():
    order = Order(1).go("paid", 5).go("packed", 6)
    assert order.state == "packed"
    assert order.history == [("new", "paid", 5), ("paid", "packed", 6)]


def test_not_allowed():
    order = Order(1)
    with pytest.raises(NotAllowed, match="new -> sent"):
        order.go("sent")
    assert order.state == "new"


def test_listeners():
    seen = []
    order = Order(1)
    order.on_change(lambda order, before: seen.append((before, order.state)))
    order.go("cancelled")
    assert seen == [("new", "cancelled")]
    assert order.finished


def test_all():
    orders = [Order(1).go("paid"), Order(2), Order(3).go("paid")]
    assert try_all(orders, "packed", 3) == [2]
    assert board(orders) == {"new": 1, "packed": 2}


def test_entered():
    order = Order(1).go("paid", 5)
    assert order.entered("paid") == 5
    assert order.entered("sent") is None
