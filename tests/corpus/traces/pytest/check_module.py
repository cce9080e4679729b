import orders


def test_load():
    orders.total({})
