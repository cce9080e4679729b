"""The life of an order."""

from collections import Counter

ALLOWED = {
    "new": {"paid", "cancelled"},
    "paid": {"packed", "refunded"},
    "packed": {"sent", "refunded"},
    "sent": {"returned", "done"},
    "returned": {"refunded"},
    "refunded": set(),
    "cancelled": set(),
    "done": set(),
}


class NotAllowed(Exception):
    pass


class Order:
    """An order with its state and how it came there: `(before, after, when)` for each step."""

    def __init__(self, number):
        self.number = number
        self.state = "new"
        self.history = []
        self._listeners = []

    def on_change(self, listener):
        self._listeners.append(listener)
        return listener

    def go(self, target, when=0):
        """Change the state; `NotAllowed`, and nothing changes, if there is no such step."""
        before = self.state
        self.state = target
        self.history.append((before, target, when))
        if target not in ALLOWED[before]:
            raise NotAllowed(f"{before} -> {target}")
        for listener in self._listeners:
            listener(self, before)
        return self

    @property
    def finished(self):
        return not ALLOWED[self.state]

    def entered(self, state):
        """When the order last came into a state, or None."""
        times = [when for _, after, when in self.history if after == state]
        return times[-1] if times else None


def try_all(orders, target, when):
    """Bring those orders into a state that may; the numbers of the others."""
    left = []
    for order in orders:
        try:
            order.go(target, when)
        except NotAllowed:
            left.append(order.number)
    return left


def board(orders):
    counts = Counter(order.state for order in orders)
    return {state: counts[state] for state in ALLOWED if counts[state]}
