"""Reads a feed of measurements and tells what is wrong with it."""

import json

FEED = """
{"sensor": "t1", "value": "21.5", "unit": "C", "at": 100}
{"sensor": "t2", "value": "70.7", "unit": "F", "at": 101}
not a record
{"sensor": "t1", "value": null, "unit": "C", "at": 160}
{"sensor": "t2", "value": "71.6", "unit": "F", "at": 161}
{"sensor": "t1", "value": "22.5", "unit": "C", "at": 220}
"""


class Reading:
    def __init__(self, sensor, value, unit, at):
        self.sensor = sensor
        self.value = value
        self.unit = unit
        self.at = at

    def celsius(self):
        if self.unit == "F":
            return (self.value - 32) * 5 / 9
        return self.value


def parse(text):
    """All readings; a value that is not there is `None`, and lines that are no records are left out."""
    readings = []
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except JSONDecodeError:
            continue
        readings.append(Reading(record["sensor"], record["value"], record["unit"], record["at"]))
    return readings


def means(readings):
    """The mean in degrees Celsius of each sensor's values."""
    values = {}
    for reading in readings:
        values.setdefault(reading.sensor, []).append(reading.celsius())
    return {sensor: sum(found) / len(found) for sensor, found in values.items()}


def longest_gap(readings, sensor):
    """The longest time between two values of a sensor, 0 if there are fewer than two."""
    times = [reading.at for reading in readings if reading.sensor == sensor and reading.value is not None]
    return max(later - earlier for earlier, later in zip(times, times[1:]))


def main():
    readings = parse(FEED)
    for sensor, mean in sorted(means(readings).items()):
        print(f"{sensor}: {mean:.1f} C, gap {longest_gap(readings, sensor)} s")
    print(f"unknown: gap {longest_gap(readings, 'x')} s")


if __name__ == "__main__":
    main()
