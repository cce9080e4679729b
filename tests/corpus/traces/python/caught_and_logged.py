import logging


def price(order):
    return order["price"] * order["count"]


logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
for order in ({"price": 3, "count": 2}, {"price": 3}):
    try:
        price(order)
    except KeyError:
        logging.getLogger("orders").exception("order %s left out", order)
raise SystemExit(1)
