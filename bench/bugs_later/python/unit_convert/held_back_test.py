import pytest

from units import UNITS, convert, from_base, to_base


@pytest.mark.parametrize("unit", UNITS)
def test_there_and_back(unit):
    for value in (-40, 0, 3.5, 1000):
        assert from_base(to_base(value, unit), unit) == pytest.approx(value)
        assert convert(value, unit, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("value", "unit", "found"), [(0, "K", 0), (0, "F", 255.372222), (-40, "F", 233.15), (-40, "C", 233.15), (98.6, "F", 310.15), (3, "ft", 0.9144)]
)
def test_base(value, unit, found):
    assert to_base(value, unit) == pytest.approx(found, abs=1e-5)


def test_from_base():
    assert from_base(310.15, "F") == pytest.approx(98.6)
    assert from_base(0, "C") == pytest.approx(-273.15)
    assert convert(-40, "F", "C") == pytest.approx(-40)
    assert convert(25, "C", "F") == pytest.approx(77)
