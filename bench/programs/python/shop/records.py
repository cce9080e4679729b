"""Records of a small shop: products, stock movements, customers."""

from dataclasses import dataclass, field


@dataclass
class Product:
    sku: str
    title: str
    price: float
    stock: int = 0
    tags: list = field(default_factory=list)

    def is_low(self, limit=5):
        return self.stock < limit


class Customer:
    def __init__(self, name, country="DE"):
        self.name = name
        self.country = country
        self.points = 0
        self.orders = []

    def add_order(self, order):
        self.orders.append(order)
        self.points += int(order.total() // 10)

    def spent(self):
        amount = 0
        for order in self.orders:
            amount += order.total()
        return round(amount, 2)

    def level(self):
        if self.points >= 20:
            return "gold"
        if self.points >= 5:
            return "silver"
        return "plain"


class Order:
    counter = 0

    def __init__(self, customer):
        Order.counter += 1
        self.number = Order.counter
        self.customer = customer
        self.lines = []

    def add(self, product, quantity=1):
        line = {"sku": product.sku, "price": product.price, "quantity": quantity}
        self.lines.append(line)
        return self

    def total(self):
        return sum(line["price"] * line["quantity"] for line in self.lines)

    def weight_of(self, weights):
        result = 0
        for line in self.lines:
            result = result + weights[line["sku"]] * line["quantity"]
        return result
