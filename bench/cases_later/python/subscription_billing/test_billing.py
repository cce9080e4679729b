from datetime import date
from decimal import Decimal as D

import pytest

from billing import Change, Plan, Subscription
from periods import last_day

BASIC, FULL = Plan("basic", D("10.00")), Plan("full", D("31.00"))


def test_whole_month():
    assert Subscription([Change(date(2023, 5, 1), BASIC)]).total("2024-01") == D("10.00")


def test_begins_within_the_month():
    assert Subscription([Change(date(2024, 1, 31), FULL)]).total("2024-01") == D("1.00")


def test_change():
    subscription = Subscription([Change(date(2024, 1, 1), FULL), Change(date(2024, 1, 11), BASIC)])
    assert subscription.lines("2024-01") == [("full", D("10.00")), ("basic", D("6.77"))]


def test_coupon():
    assert Subscription([Change(date(2024, 1, 1), BASIC)], 50).total("2024-01") == D("5.00")
    assert Subscription([Change(date(2024, 1, 1), BASIC)], 50).lines("2024-01") == [("basic", D("10.00"))]


@pytest.mark.parametrize(("month", "day"), [((2024, 2), 29), ((2023, 2), 28), ((2024, 4), 30), ((2024, 12), 31)])
def test_last_day(month, day):
    assert last_day(*month).day == day


def test_before_it_begins():
    assert Subscription([Change(date(2024, 3, 1), BASIC)]).total("2024-02") == 0
