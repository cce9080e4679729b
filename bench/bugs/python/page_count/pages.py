from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    items: list
    number: int
    last: int

    @property
    def has_next(self):
        return self.number < self.last


def paginate(items, number, size=10):
    if size < 1:
        raise ValueError("size must be positive")
    last = len(items) // size + 1
    number = max(1, min(number, last))
    start = (number - 1) * size
    return Page(items[start : start + size], number, last)
