"""Prizes are drawn by weight."""

from bisect import bisect_left
from collections import Counter
from itertools import accumulate


class Raffle:
    """Prizes with whole weights: of a weight sum of 10, a prize of weight 3 has three of the tickets 0 to 9."""

    def __init__(self, weights):
        if any(weight < 0 for weight in weights.values()):
            raise ValueError("a weight is negative")
        self._prizes = list(weights)
        self._bounds = list(accumulate(weights.values()))
        if not self._bounds or self._bounds[-1] == 0:
            raise ValueError("nothing to draw")

    @property
    def tickets(self):
        return self._bounds[-1]

    def prize(self, ticket):
        """The prize of a ticket, from 0 to one below the sum of weights; the first prize has the first tickets."""
        if not 0 <= ticket < self.tickets:
            raise IndexError(f"no ticket {ticket}")
        at = bisect_left(self._bounds, ticket)
        return self._prizes[at]

    def draw(self, rng, count=1):
        """Prizes of `count` random tickets, each ticket from all."""
        return [self.prize(rng.randrange(self.tickets)) for _ in range(count)]

    def odds(self):
        """Share of each prize that can be won."""
        counts = Counter(self.prize(ticket) for ticket in range(self.tickets))
        return {prize: count / self.tickets for prize, count in counts.items()}
