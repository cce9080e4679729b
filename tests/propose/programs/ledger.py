"""Faults, seen by tests: rounding of each line, order of text, an average of nothing, a wrong limit."""


class Ledger:
    limit = 100

    def __init__(self):
        self.rows = []

    def add(self, name, cost):
        self.rows.append({"name": name, "cost": str(cost)})

    def dearest(self):
        return max(self.rows, key=lambda row: row["cost"])["name"]

    def average(self):
        return sum(float(row["cost"]) for row in self.rows) / len(self.rows)

    def is_within(self, cost):
        return cost < self.limit

    def allowed(self):
        return [row["name"] for row in self.rows if float(row["cost"]) <= self.limit]


def total(prices, rate):
    return sum(round(price * rate, 2) for price in prices)
