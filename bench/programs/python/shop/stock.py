"""The shop's stock: moves, shortages, reports."""

import json
from collections import defaultdict

from records import Order, Product

RATES = {"DE": 0.19, "FR": 0.2, "GB": 0.2}


class Shortage(Exception):
    def __init__(self, product, wanted):
        super().__init__(f"{product.title}: {product.stock} of {wanted}")
        self.product = product


class Stock:
    def __init__(self):
        self.products = {}
        self.moves = defaultdict(list)

    def load(self, text):
        for entry in json.loads(text):
            product = Product(entry["sku"], entry["title"], entry["price"], entry["stock"])
            product.tags = entry.get("tags", [])
            self.products[product.sku] = product
        return len(self.products)

    def find(self, sku):
        for product in self.products.values():
            if product.sku == sku:
                return product
        return None

    def take(self, sku, quantity):
        product = self.find(sku)
        if product.stock < quantity:
            raise Shortage(product, quantity)
        product.stock -= quantity
        self.moves[sku].append(-quantity)
        return product

    def order(self, customer, wanted):
        order = Order(customer)
        for sku, quantity in wanted:
            product = self.take(sku, quantity)
            order.add(product, quantity)
        customer.add_order(order)
        return order

    def value(self):
        total = 0
        for product in self.products.values():
            total += product.price * product.stock
        return round(total, 2)

    def low(self):
        names = [product.title for product in self.products.values() if product.is_low()]
        return sorted(names)


def gross(order):
    rate = RATES[order.customer.country]
    net = order.total()
    return round(net + tax(net, rate), 2)


def tax(net, rate):
    return net * rate


def summary(stock, orders):
    lines = []
    for order in orders:
        label = str(order.number) + ": " + order.customer.name
        lines.append({"label": label, "gross": gross(order), "items": len(order.lines)})
    best = max(lines, key=lambda line: line["gross"])
    return {"orders": lines, "best": best["label"], "left": stock.value(), "low": stock.low()}
