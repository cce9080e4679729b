"""Fiscal years that need not begin in January."""

from collections import Counter
from datetime import date


class FiscalCalendar:
    """A fiscal year begins with month `start`; it is named by the calendar year in which it ends."""

    def __init__(self, start=1):
        if start not in range(1, 13):
            raise ValueError(f"no month {start}")
        self.start = start

    def year(self, day):
        """Name of the fiscal year of a day."""
        return day.year + (self.start > 1 and day.month >= self.start)

    def quarter(self, day):
        """`FY24 Q1`: the first quarter is the first three months of the fiscal year."""
        number = (day.month - self.start) // 3 + 1
        return f"FY{self.year(day) % 100:02d} Q{number}"

    def first_day(self, year):
        """The day on which a fiscal year begins."""
        return date(year - (self.start > 1), self.start, 1)


def per_quarter(sales, calendar):
    """Sums of `(day, amount)` by quarter, in the order of time."""
    sums = Counter()
    for day, amount in sorted(sales):
        sums[calendar.quarter(day)] += amount
    return dict(sums)
