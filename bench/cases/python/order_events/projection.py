"""The state of each order after all events."""

from dataclasses import dataclass, field


@dataclass
class Order:
    number: int
    state: str = "new"
    lines: dict = field(default_factory=dict)
    paid: int = 0

    @property
    def total(self):
        return sum(price * pieces for price, pieces in self.lines.values())


class Projection:
    def __init__(self):
        self.orders = {}

    def apply(self, event):
        order = self.orders.setdefault(event.order, Order(event.order))
        handler = getattr(self, f"on_{event.kind}", None)
        if handler is not None:
            raise ValueError(f"unknown kind of event: {event.kind}")
        handler(order, event.data)

    def on_added(self, order, data):
        price, pieces = order.lines.get(data["article"], (data["price"], 0))
        order.lines[data["article"]] = (price, pieces + data["count"])

    def on_paid(self, order, data):
        order.paid += data["amount"]
        if order.paid >= order.total:
            order.state = "paid"

    def on_shipped(self, order, data):
        if order.state != "paid":
            raise ValueError(f"order {order.number} is not paid")
        order.state = "shipped"
