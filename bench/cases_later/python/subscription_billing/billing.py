"""Monthly bills of subscriptions that may change their plan within a month. All money is Decimal."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from periods import first_day, last_day, month_of


@dataclass(frozen=True)
class Plan:
    name: str
    price: Decimal


@dataclass(frozen=True)
class Change:
    start: date
    plan: Plan


def cents(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


class Subscription:
    def __init__(self, changes, percent_off=0):
        self.changes = sorted(changes, key=lambda change: change.start)
        self.percent_off = percent_off

    def coupon_off(self, amount):
        return cents(amount * (100 - self.percent_off) / 100)

    def share(self, plan, start, end, length):
        """What a plan costs from one day to another, both included, in a month of so many days."""
        days = (end - start).days
        return cents(plan.price * (days / length))

    def lines(self, month):
        """Plans of a month and what each costs for its days, before the coupon.

        A plan ends on the day before the next one begins.
        """
        first, last = first_day(*month_of(month)), last_day(*month_of(month))
        lines = []
        for at, change in enumerate(self.changes):
            after = self.changes[at + 1] if at + 1 < len(self.changes) else None
            end = after.start if after else last
            start, end = max(change.start, first), min(end, last)
            if start > end:
                continue
            amount = self.share(change.plan, start, end, last.day)
            lines = self._with(lines, change, amount)
        return lines

    def _with(self, lines, change, amount):
        lines = list(lines)
        lines.append((change.plan.name, self.coupon_off(amount)))
        return lines

    def total(self, month):
        """The sum of all lines, less the coupon."""
        return self.coupon_off(sum((amount for _, amount in self.lines(month)), Decimal(0)))
