import calendar
from datetime import date


def next_billing_day(day, anchor=None):
    """The billing day one month later.

    `anchor` is the day of the month that the customer chose, `day.day` if not given. In a month that is
    too short the last day of it is taken.
    """
    anchor = anchor or day.day
    year, month = day.year, day.month + 1
    if month > 12:
        year, month = year + 1, 1
    last = calendar.monthrange(day.year, day.month)[1]
    return date(year, month, min(anchor, last))


def billing_days(start, count):
    days = [start]
    while len(days) < count:
        days.append(next_billing_day(days[-1], start.day))
    return days
