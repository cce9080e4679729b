from decimal import Decimal as D

import pytest

from loans import monthly_payment, schedule, total_interest


@pytest.mark.parametrize(
    ("amount", "percent", "months"),
    [("1000", "12", 12), ("5000", "3.9", 24), ("250000", "1.25", 360), ("99.99", "7", 1), ("10", "0", 7), ("777.77", "19.99", 5)],
)
def test_sums(amount, percent, months):
    rows = schedule(D(amount), D(percent), months)
    usual = monthly_payment(D(amount), D(percent), months)
    assert len(rows) == months
    assert rows[-1].balance == 0
    assert all(row.payment == usual for row in rows[:-1])
    assert sum(row.payment for row in rows) == D(amount) + total_interest(rows)
    assert abs(rows[-1].payment - usual) < D("0.01") * months + D("0.5")
    assert all(one.balance > other.balance for one, other in zip(rows, rows[1:]))


def test_one_month():
    [row] = schedule(D("100"), D("12"), 1)
    assert (row.payment, row.interest, row.balance) == (D("101.00"), D("1.00"), 0)
