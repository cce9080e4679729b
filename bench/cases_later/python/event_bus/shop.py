"""A shop that tells what happens in it by the shared bus."""

from bus import Bus


class Shop:
    def __init__(self, stock):
        self.stock = dict(stock)
        self.bus = Bus()

    def sell(self, article, count=1):
        """Sell pieces; `low` is sent where two or less are left, `empty` where none is."""
        there = self.stock.get(article, 0)
        if there < count:
            self.bus.send("refused", article=article, wanted=count)
            return False
        self.stock[article] = there - count
        self.bus.send("sold", article=article, count=count)
        if self.stock[article] == 0:
            self.bus.send("empty", article=article)
        elif self.stock[article] <= 2:
            self.bus.send("low", article=article, left=self.stock[article])
        return True


class Orders:
    """Orders what runs low."""

    def __init__(self, bus):
        self.ordered = []
        bus.on("low", self.on_low)
        bus.on("empty", self.on_empty)

    def on_low(self, article, left):
        self.ordered.append((article, 5))

    def on_empty(self, article):
        self.ordered.append((article, 10))
