"""Replays a log of events and prints the orders."""

from events import Event
from projection import Projection

LOG = [
    Event(1, "added", {"article": "pen", "price": 150, "pieces": 2}),
    Event(2, "added", {"article": "ink", "price": 400, "pieces": 1}),
    Event(1, "added", {"article": "pen", "price": 150, "pieces": 1}),
    Event(1, "paid", {"amount": 450}),
    Event(2, "paid", {"amount": 100}),
    Event(1, "shipped"),
]


def main():
    projection = Projection()
    for line in [event.to_json() for event in LOG]:
        projection.apply(Event.from_json(line))
    for number, order in projection.orders:
        print(f"{number}: {order.state}, {order.paid} of {order.total}")


if __name__ == "__main__":
    main()
