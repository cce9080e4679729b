import json

from records import Customer
from stock import Shortage, Stock, summary

CATALOGUE = """[
  {"sku": "a1", "title": "Lamp", "price": 25.5, "stock": 10, "tags": ["light"]},
  {"sku": "b2", "title": "Chair", "price": 80.0, "stock": 4},
  {"sku": "c3", "title": "Table", "price": 199.0, "stock": 2, "tags": ["wood", "big"]}
]"""


def main():
    stock = Stock()
    print("loaded", stock.load(CATALOGUE))
    ada, bob = Customer("Ada"), Customer("Bob", country="FR")
    orders = [stock.order(ada, [("a1", 2), ("c3", 1)]), stock.order(bob, [("b2", 1)])]
    try:
        stock.order(bob, [("b2", 9)])
    except Shortage as shortage:
        print("short:", shortage, shortage.product.sku)
    print(json.dumps(summary(stock, orders), sort_keys=True))
    for customer in (ada, bob):
        print(customer.name, customer.level(), customer.spent(), customer.points)
    weights = {"a1": 2, "b2": 7, "c3": 30}
    print("weight", sum(order.weight_of(weights) for order in orders))
    print("moves", dict(stock.moves))


main()
