import pytest

from main import by_region, worth
from table import Table


def test_wide_head():
    table = Table("a long name", "b", sides=("right",))
    table.add(1, 2.5)
    assert str(table) == "a long name  b\n-----------  ----\n          1  2.50"


def test_no_rows():
    assert str(Table("x", "yz")) == "x  yz\n-  --"


def test_values():
    table = Table("x")
    for value in (None, 0, 0.125, "text", True):
        table.add(value)
    assert table.rows == [["-"], ["0"], ["0.12"], ["text"], ["True"]]
    with pytest.raises(ValueError, match="2 values for 1 columns"):
        table.add(1, 2)


def test_middle():
    table = Table("abcde", sides=("middle",))
    table.add("x")
    assert str(table).splitlines()[2] == "  x"


def test_worth():
    assert worth([("a", 1, None)]) is None
    assert worth([("a", 2, 1.5), ("b", 3, None), ("c", 1, 1.0)]) == 4.0
    assert dict(by_region([("n", "a", 1, 2.0)])) == {"n": [("a", 1, 2.0)]}
