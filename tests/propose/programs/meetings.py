"""Faults: moments with and without a zone, the key in two orders, a closure over the loop's variable."""

from datetime import datetime, timedelta, timezone


class Calendar:
    def __init__(self):
        self.booked = {}

    def book(self, room, day, who):
        self.booked[(room, day)] = who

    def owner(self, room, day):
        return self.booked.get((day, room), "free")


def reminders(names):
    return [lambda: f"remind {name}" for name in names]


def is_past(moment):
    return moment < datetime.now()


def main():
    calendar = Calendar()
    calendar.book("blue", 3, "Ada")
    print(calendar.owner("blue", 3), calendar.owner("red", 3))
    for remind in reminders(["Ada", "Bob"]):
        print(remind())
    print(is_past(datetime.now(timezone.utc) - timedelta(hours=1)))


main()
