from orders import totals


def test_totals():
    assert totals
