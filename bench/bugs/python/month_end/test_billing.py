from datetime import date

from billing import billing_days, next_billing_day


def test_middle_of_the_month():
    assert next_billing_day(date(2024, 4, 15)) == date(2024, 5, 15)


def test_over_new_year():
    assert next_billing_day(date(2023, 12, 31)) == date(2024, 1, 31)


def test_into_a_short_month():
    assert next_billing_day(date(2024, 1, 31)) == date(2024, 2, 29)


def test_the_anchor_comes_back():
    assert billing_days(date(2023, 1, 30), 3) == [date(2023, 1, 30), date(2023, 2, 28), date(2023, 3, 30)]
