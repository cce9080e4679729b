from datetime import date

from deadlines import Calendar, deadline

PLAIN = Calendar()


def test_within_a_week():
    assert deadline(date(2024, 3, 4), 3, PLAIN) == "Thu 2024-03-07"


def test_over_a_weekend():
    assert deadline(date(2024, 3, 7), 2, PLAIN) == "Mon 2024-03-11"


def test_backwards():
    assert PLAIN.add(date(2024, 3, 11), -1) == date(2024, 3, 8)


def test_holiday():
    calendar = Calendar([date(2024, 5, 1)])
    assert calendar.add(date(2024, 4, 30), 1) == date(2024, 5, 2)


def test_one_week():
    assert PLAIN.between(date(2024, 3, 4), date(2024, 3, 10)) == 5
