class BadOrder(Exception):
    pass


def load(order):
    """The items of an order."""
    return order["items"]


def total(order):
    return sum(item["price"] for item in load(order))


def checked(order):
    try:
        return total(order)
    except KeyError as error:
        raise BadOrder(f"order {order.get('id')}") from error
