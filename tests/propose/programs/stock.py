"""Faults: a key nobody writes, a guard that is too strict, a missing import, a forgotten return."""

from dataclasses import dataclass


@dataclass
class Line:
    article: str
    pieces: int


class Depot:
    def __init__(self):
        self.stock = defaultdict(int)
        self.log = []

    def receive(self, article, pieces):
        self.stock[article] += pieces
        self.log.append({"kind": "in", "artcle": article, "pieces": pieces})

    def ship(self, line):
        if self.stock[line.article] > line.pieces:
            self.stock[line.article] -= line.pieces
            self.log.append({"kind": "out", "article": line.article, "pieces": line.pieces})
            return True
        return False

    def report(self):
        rows = [f"{row['kind']} {row['article']} {row['pieces']}" for row in self.log]
        "\n".join(rows)


def main():
    depot = Depot()
    depot.receive("bolt", 5)
    print(depot.ship(Line("bolt", 5)), depot.ship(Line("bolt", 1)))
    text = depot.report()
    print(text.upper())


main()
