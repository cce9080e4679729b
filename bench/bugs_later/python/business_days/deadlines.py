"""Deadlines that count working days."""

from datetime import date, timedelta

SATURDAY = 6
ONE_DAY = timedelta(days=1)


class Calendar:
    """Working days are Monday to Friday, but for the given holidays."""

    def __init__(self, holidays=()):
        self.holidays = frozenset(holidays)

    def is_working(self, day):
        """Whether people work on this day: neither Saturday nor Sunday nor a holiday."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day, count):
        """The working day that is `count` working days after `day` (before it if negative).

        With 0 it is the day itself if people work on it, else the next day on which they do.
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        while not self.is_working(day) and count == 0:
            day += step
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, first, last):
        """Number of working days from `first` to `last`, both included."""
        days = (last - first).days + 1
        return sum(self.is_working(first + n * ONE_DAY) for n in range(days))


def deadline(ordered: date, days: int, calendar: Calendar) -> str:
    """The day on which an order is due, as in `Mon 2024-03-04`."""
    return calendar.add(ordered, days).strftime("%a %Y-%m-%d")
