import orders


def test_checked():
    orders.checked({"id": 7})
