"""Stock whose cost is that of the pieces that came in first."""

from collections import deque
from dataclasses import dataclass


class NotEnough(Exception):
    pass


@dataclass
class Lot:
    pieces: int
    price: int  # cents a piece


class Stock:
    def __init__(self):
        self.lots = deque()

    @property
    def pieces(self):
        return sum(lot.pieces for lot in self.lots)

    @property
    def value(self):
        return sum(lot.pieces * lot.price for lot in self.lots)

    def buy(self, pieces, price):
        if pieces <= 0: raise ValueError("buy at least one piece")
        self.lots.append(Lot(pieces, price))

    def sell(self, wanted):
        if wanted > self.pieces:
            raise NotEnough(f"{wanted} wanted, {self.pieces} there")
        cost = 0
        while wanted:
            lot = self.lots[0]
            pieces = min(wanted, lot.pieces)
            wanted -= pieces
            cost += pieces * lot.price
            if pieces == lot.pieces:
                self.lots.popleft()
        return cost


def book(entries):
    """Profit of a list of `("buy" or "sell", pieces, price)`, and what is left."""
    stock, profit = Stock(), 0
    for kind, pieces, price in entries:
        if kind == "buy":
            stock.buy(pieces, price)
        else:
            profit += pieces * price - stock.sell(pieces)
    return profit, stock
