"""Who works when: people, shifts, and a fair plan."""

from datetime import date, timedelta
from itertools import cycle

WEEKEND = (5, 6)


class Person:
    def __init__(self, name, hours=40, away=()):
        self.name = name
        self.hours = hours
        self.away = set(away)
        self.shifts = []

    def is_free(self, day):
        if day in self.away:
            return False
        return all(shift.day != day for shift in self.shifts)

    def planned(self):
        return sum(shift.length for shift in self.shifts)

    def room(self):
        return self.hours - self.planned()


class Shift:
    def __init__(self, day, name, length=8):
        self.day = day
        self.name = name
        self.length = length
        self.person = None

    def give(self, person):
        self.person = person
        person.shifts.append(self)

    def label(self):
        who = self.person.name if self.person else "nobody"
        return self.day.isoformat() + " " + self.name + ": " + who


class Planner:
    def __init__(self, people, start):
        self.people = people
        self.start = start
        self.shifts = []
        self.unfilled = 0

    def days(self, count):
        return [self.start + timedelta(days=number) for number in range(count)]

    def build(self, count):
        for day in self.days(count):
            names = ["late"] if day.weekday() in WEEKEND else ["early", "late"]
            for name in names:
                length = 6 if day.weekday() in WEEKEND else 8
                self.shifts.append(Shift(day, name, length))
        return self.shifts

    def candidate(self, shift):
        free = [person for person in self.people if person.is_free(shift.day)]
        fitting = [person for person in free if person.room() >= shift.length]
        if not fitting:
            return None
        return min(fitting, key=lambda person: (person.planned(), person.name))

    def fill(self):
        for shift in self.shifts:
            person = self.candidate(shift)
            if person is None:
                self.unfilled += 1
                continue
            shift.give(person)
        return len(self.shifts) - self.unfilled


def colours(people):
    palette = cycle(["red", "green", "blue"])
    return {person.name: next(palette) for person in people}


def parse(text):
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)
