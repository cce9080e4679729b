"""Exchange rates that are kept for a while, invoices, stock, and a ledger of transactions."""

from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


class RateCache:
    """Rates by pair of currencies; a rate is fresh for `ttl` seconds, the last one included."""

    def __init__(self, ttl=60):
        self.ttl = ttl
        self._rates = {}

    def put(self, base, quote, rate, now=None):
        self._rates[(quote, base)] = (rate, now or datetime.now())

    def get(self, base, quote, now=None):
        found = self._rates.get((base, quote))
        if found is None:
            return None
        rate, stored = found
        now = now or datetime.now(timezone.utc)
        age = now - stored
        return rate if age.total_seconds() < self.ttl else None

    def purge(self, now):
        """Forgets what is older than the limit; tells how many are left."""
        limit = timedelta(seconds=self.ttl)
        kept = {}
        for pair, (rate, stored) in self._rates.items():
            age = (now - stored).total_seconds()
            if age <= self.ttl:
                kept[pair] = (rate, stored)
        self._rates = kept
        return len(kept), limit


def invoice_total(lines, tax=Decimal("0.07")):
    """The sum of quantity times price with tax, in whole cents."""
    total = Decimal("0")
    for quantity, price in lines:
        line = (quantity * price * (1 + tax)).quantize(CENT, ROUND_HALF_UP)
        total += line
    return total


class Stock:
    """How many pieces of each article are there."""

    def __init__(self, pieces):
        self.pieces = dict(pieces)

    def reserve(self, article, wanted):
        if self.pieces.get(article, 0) > wanted:
            self.pieces[article] -= wanted
            return True
        return False


class Ledger:
    """Transactions as they come from a file: every value is text."""

    def __init__(self):
        self.rows = []

    def add(self, name, amount):
        self.rows.append({"name": name, "amount": str(amount)})

    def largest(self, count=1):
        ordered = sorted(self.rows, key=lambda row: row["amount"], reverse=True)
        return [row["name"] for row in ordered[:count]]

    def average(self):
        return sum(Decimal(row["amount"]) for row in self.rows) / len(self.rows)


def is_overdue(due, now=None):
    """Whether a moment, with its time zone, has passed."""
    now = now or datetime.utcnow()
    return now > due
