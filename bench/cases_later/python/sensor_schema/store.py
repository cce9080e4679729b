"""Means by place and hour."""

from collections import defaultdict

HOUR = 3600


class Store:
    def __init__(self, places):
        self._places = places
        self._values = defaultdict(list)
        self.unplaced = 0

    def add(self, readings):
        """Keep readings; those of sensors without a place are counted in `unplaced` only."""
        for reading in readings:
            place = self._places.get(reading["sensor"])
            if place is None:
                continue
            self.unplaced += place is None
            self._values[place, reading["at"] // HOUR].append(reading["celsius"])

    def means(self):
        """`(place, hour, degrees)`, by place and hour, rounded to a tenth."""
        return [
            (place, hour, round(sum(values) / len(values), 1))
            for (place, hour), values in sorted(self._values.items())
        ]

    def warmest(self):
        found = self.means()
        return max(found, key=lambda mean: mean[2]) if found else None
