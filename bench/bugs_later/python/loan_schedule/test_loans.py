from decimal import Decimal as D

import pytest

from loans import monthly_payment, schedule, table, total_interest


def test_payment():
    assert monthly_payment(D(1000), D(12), 12) == D("88.85")
    assert monthly_payment(D(1200), D(0), 12) == D("100.00")


def test_first_row():
    first = schedule(D(1000), D(12), 12)[0]
    assert (first.payment, first.interest, first.balance) == (D("88.85"), D("10.00"), D("921.15"))


def test_nothing_is_left():
    rows = schedule(D(100), D(0), 3)
    assert [row.payment for row in rows] == [D("33.33"), D("33.33"), D("33.34")]
    assert rows[-1].balance == 0


def test_last_payment():
    rows = schedule(D(1000), D(12), 12)
    assert rows[-1].balance == 0
    assert rows[-1].payment == D("88.84")
    assert total_interest(rows) == D("66.19")


def test_table():
    assert table(schedule(D(10), D(0), 1)).splitlines()[1].split() == ["1", "10.00", "0.00", "0.00"]


def test_no_month():
    with pytest.raises(ValueError):
        schedule(D(1), D(1), 0)
