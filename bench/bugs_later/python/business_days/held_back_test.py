from datetime import date, timedelta

from deadlines import Calendar, deadline


def test_each_day_of_a_week():
    calendar = Calendar()
    monday = date(2024, 7, 1)
    assert [calendar.is_working(monday + timedelta(n)) for n in range(7)] == [True] * 5 + [False] * 2


def test_long_spans():
    calendar = Calendar([date(2024, 12, 25), date(2024, 12, 26)])
    assert calendar.add(date(2024, 12, 23), 10) == date(2025, 1, 8)
    assert calendar.add(date(2025, 1, 8), -10) == date(2024, 12, 23)
    assert calendar.between(date(2024, 12, 1), date(2024, 12, 31)) == 20


def test_nothing_to_add():
    calendar = Calendar([date(2024, 7, 8)])
    assert calendar.add(date(2024, 7, 5), 0) == date(2024, 7, 5)
    assert calendar.add(date(2024, 7, 6), 0) == date(2024, 7, 9)
    assert deadline(date(2024, 7, 6), 1, calendar) == "Tue 2024-07-09"
