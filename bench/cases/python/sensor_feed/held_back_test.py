import pytest

from feed import longest_gap, means, parse

LINE = '{{"sensor": "{}", "value": {}, "unit": "{}", "at": {}}}'


def feed(*records):
    return parse("\n".join(LINE.format(*record) for record in records))


def test_means():
    found = means(feed(("a", '"212"', "F", 1), ("a", '"0"', "C", 2), ("b", "null", "C", 3), ("b", '"-4"', "C", 4)))
    assert found == {"a": pytest.approx(50), "b": pytest.approx(-4)}


def test_zero_is_a_value():
    assert means(feed(("a", '"0"', "C", 1), ("a", '"10"', "C", 2))) == {"a": pytest.approx(5)}
    assert longest_gap(feed(("a", '"0"', "C", 1), ("a", '"0"', "C", 9)), "a") == 8


def test_gaps():
    readings = feed(("a", '"1"', "C", 10), ("a", "null", "C", 20), ("a", '"1"', "C", 50), ("a", '"1"', "C", 60))
    assert longest_gap(readings, "a") == 40
    assert longest_gap(readings[:1], "a") == 0


def test_noise():
    assert parse("{\n\n]") == []
