"""Months."""

from datetime import date


def first_day(year, month):
    return date(year, month, 1)


def last_day(year, month):
    """The last day of a month."""
    return date(year, month, 31)


def month_of(text):
    """Year and month of `2024-02`."""
    year, month = text.split("-")
    return int(year), int(month)
