"""How long requests take."""

from dataclasses import dataclass


def percentile(values, share):
    """The percentile of some values by straight lines between them.

    With share 0 it is the least value, with 100 the largest, with 50 the median; a share between the places of
    two values lies as far between the values: 25 of `[10, 20]` is 12.5. `ValueError` without values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values")
    place = share / 100 * len(ordered)
    return ordered[min(int(place), len(ordered) - 1)]


@dataclass
class Summary:
    count: int
    median: float
    slow: float
    worst: float

    def __str__(self):
        return f"{self.count} requests: {self.median:g} ms, 95 %: {self.slow:g} ms, worst {self.worst:g} ms"


def summary(samples):
    """Median, 95th percentile and worst of `(path, milliseconds)`, by path."""
    by_path = {}
    for path, milliseconds in samples:
        by_path.setdefault(path.partition("?")[0], []).append(milliseconds)
    return {
        path: Summary(len(times), percentile(times, 50), percentile(times, 95), max(times))
        for path, times in sorted(by_path.items())
    }
