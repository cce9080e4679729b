import pytest

from shares import Bill, settle, show, split


def test_even():
    assert split(900, {"a": 1, "b": 2}) == {"a": 300, "b": 600}


def test_equal_parts():
    assert split(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}


def test_largest_part():
    assert split(100, {"a": 1, "b": 5}) == {"a": 17, "b": 83}
    assert split(10, {"a": 5, "b": 1, "c": 6}) == {"a": 4, "b": 1, "c": 5}


def test_largest_part_last():
    assert split(1, {"a": 1, "b": 2}) == {"a": 0, "b": 1}


def test_nothing():
    with pytest.raises(ValueError):
        split(100, {"a": 0})


def test_settle():
    bills = [Bill("rent", 100), Bill("tea", 50)]
    assert show(settle(bills, {"a": 1, "b": 2})) == "a 0.50, b 1.00"
