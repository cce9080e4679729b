"""Birthdays of members, for greetings."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Member:
    name: str
    born: date

    def birthday(self, year):
        """The day on which a member has birthday; who was born on a leap day has it on 1 March in other years."""
        born = self.born
        return born.replace(year=year)

    def age(self, today):
        """Full years."""
        years = today.year - self.born.year
        return years - (today < self.birthday(today.year))

    def next_birthday(self, today):
        """The next birthday, which may be today."""
        this_year = self.birthday(today.year)
        return this_year if this_year >= today else self.birthday(today.year + 1)


def greetings(members, today, days=7):
    """A line for each member with a birthday today or within so many days, the next one first."""
    soon = [(member.next_birthday(today), member) for member in members]
    soon = sorted((pair for pair in soon if (pair[0] - today).days <= days), key=lambda pair: (pair[0], pair[1].name))
    lines = []
    for day, member in soon:
        turns = day.year - member.born.year
        when = "today" if day == today else f"on {day:%d %b}"
        lines.append(f"{member.name} turns {turns} {when}")
    return lines
