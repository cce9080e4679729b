from datetime import date

import pytest

from fiscal import FiscalCalendar, per_quarter


@pytest.mark.parametrize(
    ("start", "quarters"),
    [(1, "111222333444"), (2, "411122233344"), (3, "441112223334"), (4, "444111222333"), (7, "333444111222"), (10, "222333444111"), (12, "112223334441")],
)
def test_each_month(start, quarters):
    calendar = FiscalCalendar(start)
    assert "".join(calendar.quarter(date(2023, month, 15))[-1] for month in range(1, 13)) == quarters


def test_names():
    calendar = FiscalCalendar(12)
    assert calendar.quarter(date(2023, 12, 1)) == "FY24 Q1"
    assert calendar.quarter(date(2024, 2, 29)) == "FY24 Q1"
    assert calendar.quarter(date(2099, 12, 31)) == "FY00 Q1"


def test_sums():
    sales = [(date(2024, month, 1), month) for month in range(12, 0, -1)]
    assert per_quarter(sales, FiscalCalendar(2)) == {"FY24 Q4": 1, "FY25 Q1": 9, "FY25 Q2": 18, "FY25 Q3": 27, "FY25 Q4": 23}
