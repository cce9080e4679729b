from orders import total


def test_total():
    order = {"items": [{"price": 3}]}
    assert total(order) == 4
