"""Reads lines of sensors: `id;seconds;value;unit`."""


class BadLine(ValueError):
    pass


def parse(line):
    """A reading with `sensor_id`, `at` (seconds, whole) and `celsius`."""
    parts = line.strip().split(";")
    if len(parts) != 4:
        raise BadLine(line)
    unit = parts[3].upper()
    if unit not in ("C", "F"):
        raise BadLine(f"unit {unit}")
    value = float(parts[2])
    return {
        "sensor_id": parts[0],
        "at": parts[1],
        "celsius": value,
    }


def read(lines):
    """All readings of lines that are good; comments and empty lines are no readings."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            yield parse(line)
