"""Sealed auctions: the highest bid wins, and pays what the next bidder would have paid."""

from dataclasses import dataclass

from bids import read


@dataclass(frozen=True)
class Sale:
    name: str
    cents: int


class Auction:
    """`reserve` is the least amount (in cents) for which the seller sells."""

    def __init__(self, text, reserve=0):
        self.bids = read(text)
        self.reserve = reserve

    def ranked(self):
        """From the highest bid to the lowest; of equal ones the first to come is first."""
        return sorted(self.bids, key=lambda bid: (-bid.cents, bid.number))

    def sale(self):
        """Who buys for how much; None if nobody has bid at least the reserve.

        The price is the highest bid of all other bidders, but not less than the reserve.
        """
        ranked = self.ranked()
        best = ranked[0]
        if best.cents > self.reserve:
            return None
        others = [bid.cents for bid in ranked[1:]]
        return Sale(best.name, max([self.reserve, *others]))

    def report(self):
        sale = self.sale()
        if sale is None:
            return f"{len(self.bids)} bids, not sold"
        return f"{len(self.bids)} bids, sold to {sale.name} for {sale.cents // 100}.{sale.cents % 100:02d}"
