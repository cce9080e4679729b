import pytest

from durations import format_duration, parse_duration


@pytest.mark.parametrize("seconds", [1, 59, 60, 61, 3599, 3600, 3661, 86399, 86400, 90061, 1_000_000])
def test_there_and_back(seconds):
    assert parse_duration(format_duration(seconds)) == seconds


def test_parts_are_small():
    assert format_duration(90061) == "1d 1h 1m 1s"
    assert format_duration(86399) == "23h 59m 59s"


def test_negative():
    assert format_duration(-61) == "-1m 1s"
    assert parse_duration("-1m 1s") == -61
