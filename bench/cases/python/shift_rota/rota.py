"""Who works when: fills shifts in turn and tells who works how often."""

from collections import defaultdict
from datetime import date, timedelta


class Rota:
    def __init__(self, people, rest_days=1):
        self.people = people
        self.rest_days = rest_days
        self.shifts = {}

    def is_free(self, person, day):
        """Whether a person does not work on this day, nor on the days of rest before it."""
        for back in range(self.rest_days):
            if self.shifts.get(day - timedelta(days=back)) == person:
                return False
        return True

    def fill(self, first, days):
        """Gives each day's shift to the free person with the fewest shifts, the first of these in the list."""
        for offset in range(days):
            day = first + timedelta(days=offset)
            free = [person for person in self.people if self.is_free(person, day)]
            counts = self.counts()
            self.shifts[day] = min(free, key=lambda person: counts[person])
        return self

    def counts(self):
        found = defaultdict(int)
        for person in self.shifts.values():
            found[person] += 1
        return found

    def weekends(self, person):
        """How many Saturdays and Sundays a person works."""
        return sum(1 for day, worker in self.shifts.items() if worker == person and day.weekday() > 5)


def main():
    rota = Rota(["Ann", "Bob", "Cem"], rest_days=1).fill(date(2024, 3, 1), 10)
    for day, person in rota.shifts.items():
        print(f"{day:%a %d}: {person}")
    for person in rota.people:
        print(f"{person}: {rota.counts()[person]} shifts, {rota.weekends(person)} at weekends")


if __name__ == "__main__":
    main()
