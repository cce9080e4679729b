from datetime import date
from decimal import Decimal as D

from billing import Change, Plan, Subscription

A, B, C = Plan("a", D("29.00")), Plan("b", D("58.00")), Plan("c", D("0.29"))


def test_three_plans_in_february():
    changes = [Change(date(2024, 2, 21), C), Change(date(2024, 1, 5), A), Change(date(2024, 2, 2), B)]
    subscription = Subscription(changes, 10)
    assert subscription.lines("2024-02") == [("a", D("1.00")), ("b", D("38.00")), ("c", D("0.09"))]
    assert subscription.total("2024-02") == D("35.18")
    assert subscription.total("2024-03") == D("0.26")


def test_every_day_is_paid_once():
    for day in range(2, 30):
        subscription = Subscription([Change(date(2023, 1, 1), A), Change(date(2024, 2, day), A)])
        assert subscription.total("2024-02") == D("29.00")
        assert [amount for _, amount in subscription.lines("2024-02")] == [D(day - 1), D(30 - day)]


def test_change_on_the_first():
    subscription = Subscription([Change(date(2024, 1, 1), A), Change(date(2024, 2, 1), B)])
    assert subscription.lines("2024-01") == [("a", D("29.00"))]
    assert subscription.lines("2024-02") == [("b", D("58.00"))]


def test_types():
    assert isinstance(Subscription([Change(date(2024, 4, 15), A)]).total("2024-04"), D)
    assert Subscription([Change(date(2024, 4, 16), A)], 100).total("2024-04") == 0
