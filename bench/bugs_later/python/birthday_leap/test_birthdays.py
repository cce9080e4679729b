from datetime import date

from birthdays import Member, greetings

ANN = Member("Ann", date(1990, 3, 4))
LEA = Member("Lea", date(2000, 2, 29))


def test_age():
    assert ANN.age(date(2024, 3, 3)) == 33
    assert ANN.age(date(2024, 3, 4)) == 34


def test_next():
    assert ANN.next_birthday(date(2023, 3, 5)) == date(2024, 3, 4)


def test_leap_day():
    assert LEA.birthday(2024) == date(2024, 2, 29)
    assert LEA.birthday(2023) == date(2023, 3, 1)


def test_age_of_a_leap_day():
    assert LEA.age(date(2023, 2, 28)) == 22


def test_greetings():
    assert greetings([LEA, ANN], date(2024, 2, 28)) == ["Lea turns 24 on 29 Feb", "Ann turns 34 on 04 Mar"]


def test_today():
    assert greetings([ANN], date(2024, 3, 4)) == ["Ann turns 34 today"]
