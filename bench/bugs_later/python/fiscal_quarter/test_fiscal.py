from datetime import date

import pytest

from fiscal import FiscalCalendar, per_quarter


def test_calendar_year():
    calendar = FiscalCalendar()
    assert calendar.quarter(date(2024, 1, 1)) == "FY24 Q1"
    assert calendar.quarter(date(2024, 12, 31)) == "FY24 Q4"


def test_april():
    calendar = FiscalCalendar(4)
    assert calendar.quarter(date(2024, 4, 1)) == "FY25 Q1"
    assert calendar.quarter(date(2024, 3, 31)) == "FY24 Q4"


def test_first_day():
    assert FiscalCalendar(10).first_day(2025) == date(2024, 10, 1)


def test_per_quarter():
    sales = [(date(2024, 11, 2), 5), (date(2024, 7, 9), 3), (date(2025, 2, 1), 1)]
    assert per_quarter(sales, FiscalCalendar(7)) == {"FY25 Q1": 3, "FY25 Q2": 5, "FY25 Q3": 1}


def test_no_month():
    with pytest.raises(ValueError):
        FiscalCalendar(13)
