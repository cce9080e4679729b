from datetime import date, timedelta

import pytest

from birthdays import Member, greetings

LEA = Member("Lea", date(2000, 2, 29))


@pytest.mark.parametrize(
    ("year", "day"), [(2004, (2, 29)), (2001, (3, 1)), (2100, (3, 1)), (2096, (2, 29)), (2025, (3, 1))]
)
def test_birthday(year, day):
    assert LEA.birthday(year) == date(year, *day)


def test_age_goes_up_once_a_year():
    today, ages = date(2022, 12, 31), []
    while today < date(2026, 1, 1):
        ages.append(LEA.age(today))
        today += timedelta(1)
    assert ages == sorted(ages)
    assert [ages.count(n) for n in (22, 23, 24)] == [60, 365, 366]


def test_next():
    assert LEA.next_birthday(date(2023, 3, 2)) == date(2024, 2, 29)
    assert LEA.next_birthday(date(2023, 3, 1)) == date(2023, 3, 1)
    assert LEA.next_birthday(date(2024, 3, 1)) == date(2025, 3, 1)
    assert greetings([LEA], date(2025, 2, 28)) == ["Lea turns 25 on 01 Mar"]
    assert Member("x", date(2000, 2, 28)).birthday(2023) == date(2023, 2, 28)
