from datetime import date

from billing import billing_days, next_billing_day


def test_a_year_of_last_days():
    days = billing_days(date(2023, 1, 31), 13)
    assert [day.day for day in days] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31]
    assert days[-1] == date(2024, 1, 31)


def test_from_a_short_month_to_a_long_one():
    assert next_billing_day(date(2024, 4, 30), 31) == date(2024, 5, 31)
    assert next_billing_day(date(2023, 2, 28), 30) == date(2023, 3, 30)
