import pytest

from orders import ALLOWED, NotAllowed, Order, try_all


def brought_to(state):
    ways = {"new": [], "paid": ["paid"], "packed": ["paid", "packed"], "sent": ["paid", "packed", "sent"]}
    ways |= {"returned": [*ways["sent"], "returned"], "done": [*ways["sent"], "done"]}
    ways |= {"refunded": ["paid", "refunded"], "cancelled": ["cancelled"]}
    order = Order(1)
    for at, step in enumerate(ways[state]):
        order.go(step, at)
    return order


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("target", [*ALLOWED, "lost"])
def test_every_step(state, target):
    order = brought_to(state)
    history, seen = list(order.history), []
    order.on_change(lambda order, before: seen.append(before))
    if target in ALLOWED[state]:
        assert order.go(target, 9).state == target
        assert order.history == [*history, (state, target, 9)]
        assert seen == [state]
    else:
        with pytest.raises(NotAllowed):
            order.go(target, 9)
        assert (order.state, order.history, seen) == (state, history, [])
        assert order.entered("lost") is None


def test_all_twice():
    orders = [Order(1), Order(2)]
    assert try_all(orders, "paid", 1) == []
    assert try_all(orders, "paid", 2) == [1, 2]
    assert [order.entered("paid") for order in orders] == [1, 1]
