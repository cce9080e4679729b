"""Bids as they come in: `ann: 12.50`, one a line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bid:
    name: str
    cents: int
    number: int


def to_cents(text):
    """Cents of an amount such as `12.50`, `12` or `1,200.5`."""
    whole, _, part = text.strip().replace(",", "").partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > 2:
        raise ValueError(f"no amount: {text.strip()!r}")
    return int(whole) * 100 + int(part.ljust(2, "0") if part else 0)


def parse(line, number):
    name, sign, amount = line.partition(":")
    if not sign or not name.strip():
        raise ValueError(f"no bid: {line!r}")
    return Bid(name.strip(), amount.strip(), number)


def read(text):
    """All bids of a text, numbered from 1 in the order in which they came."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [parse(line, number) for number, line in enumerate(lines, start=1)]
