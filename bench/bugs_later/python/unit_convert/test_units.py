import pytest

from units import UnitError, convert


@pytest.mark.parametrize(
    ("value", "unit", "target", "found"),
    [
        (2, "km", "m", 2000),
        (12, "in", "ft", 1),
        (0, "C", "K", 273.15),
        (100, "C", "F", 212),
        (32, "F", "C", 0),
        (1, "lb", "g", 453.59237),
    ],
)
def test_convert(value, unit, target, found):
    assert convert(value, unit, target) == pytest.approx(found, abs=1e-5)


def test_errors():
    with pytest.raises(UnitError):
        convert(1, "m", "kg")
    with pytest.raises(UnitError):
        convert(1, "parsec", "m")
