"""Conversion of units by way of a base unit for each dimension."""

# unit: (dimension, factor, offset); base = value * factor + offset
UNITS = {
    "m": ("length", 1.0, 0.0),
    "km": ("length", 1000.0, 0.0),
    "in": ("length", 0.0254, 0.0),
    "ft": ("length", 0.3048, 0.0),
    "K": ("temperature", 1.0, 0.0),
    "C": ("temperature", 1.0, 273.15),
    "F": ("temperature", 5 / 9, 255.3722222222222),
    "g": ("mass", 0.001, 0.0),
    "kg": ("mass", 1.0, 0.0),
    "lb": ("mass", 0.45359237, 0.0),
}


class UnitError(ValueError):
    """An unknown unit, or two units of different dimensions."""


def _unit(name):
    try:
        return UNITS[name]
    except KeyError:
        raise UnitError(f"unknown unit {name!r}") from None


def to_base(value, unit):
    """A value of this unit in the base unit of its dimension (metre, kelvin, kilogram)."""
    _, factor, offset = _unit(unit)
    return (value + offset) * factor


def from_base(value, unit):
    """The inverse of `to_base`."""
    _, factor, offset = _unit(unit)
    return value / factor - offset


def convert(value, unit, target):
    """`value` of `unit` in `target`, rounded to six digits behind the point."""
    if _unit(unit)[0] != _unit(target)[0]:
        raise UnitError(f"{unit} is no {_unit(target)[0]}")
    return round(from_base(to_base(value, unit), target), 6)
