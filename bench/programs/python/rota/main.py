from planner import Person, Planner, colours, parse


def totals(people):
    table = {}
    for person in people:
        table[person.name] = {"hours": person.planned(), "shifts": len(person.shifts)}
    return table


def main():
    start = parse("2024-03-04")
    people = [Person("Ann"), Person("Ben", hours=24), Person("Cleo", away=[start])]
    planner = Planner(people, start)
    print("shifts", len(planner.build(7)))
    print("filled", planner.fill(), "unfilled", planner.unfilled)
    for shift in planner.shifts[:5]:
        print(shift.label())
    table = totals(people)
    for name in sorted(table):
        row = table[name]
        print(name, row["hours"], row["shifts"], colours(people)[name])
    mean = sum(row["hours"] for row in table.values()) / len(table)
    print(f"mean {mean:.1f}")


main()
