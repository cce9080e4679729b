class OutOfStock(Exception):
    pass


class Inventory:
    """How many pieces of each article lie in stock."""

    def __init__(self, pieces):
        self._pieces = dict(pieces)

    def available(self, article):
        """Pieces of an article; none of an unknown one."""
        return self._pieces.get(article, 0)

    def reserve(self, order):
        """Takes all pieces of an order, or, where one article is short, nothing and raises `OutOfStock`."""
        for article, wanted in order.items():
            if self.available(article) < wanted:
                raise OutOfStock(article)
            self._pieces[article] -= wanted

    def restock(self, article, count):
        """Adds pieces; the article may be new."""
        self._pieces[article] = self.available(article) + count
