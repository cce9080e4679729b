"""Faults: separators in numbers, a default of max, a method of another language, an import that moved."""

from collections import Mapping

ROWS = ["rent=1,200", "tea=35", "note=a=b"]


def pairs(rows):
    for row in rows:
        name, value = row.split("=")
        yield name.trim(), value


def amounts(rows):
    return {name: int(value) for name, value in pairs(rows) if value[0].isdigit()}


def main():
    found = amounts(ROWS)
    print(isinstance(found, Mapping), found)
    print(max(found.values()), max(amounts([]).values()))


main()
