from durations import format_duration, parse_duration


def test_seconds():
    assert format_duration(45) == "45s"


def test_nothing():
    assert format_duration(0) == "0s"


def test_hours_and_minutes():
    assert format_duration(2 * 3600 + 5 * 60) == "2h 5m"


def test_days():
    assert format_duration(86400 + 61) == "1d 1m 1s"


def test_parse():
    assert parse_duration("1h 30s") == 3630
