from datetime import timedelta

import pytest

from spans import BadSpan, Settings, parse, show


def test_parts():
    assert parse("1h30m") == timedelta(hours=1, minutes=30)
    assert parse("2d 5s") == timedelta(days=2, seconds=5)


def test_seconds_alone():
    assert parse("90") == timedelta(seconds=90)


@pytest.mark.parametrize("bad", ["", "soon", "1h soon", "3 weeks"])
def test_bad(bad):
    with pytest.raises(BadSpan):
        parse(bad)


def test_show():
    assert show(timedelta(minutes=61, seconds=3)) == "1h1m3s"


def test_settings():
    settings = Settings(retry="5m", limit="10 minutes")
    assert settings.errors == ["limit: not a duration: '10 minutes'"]
    assert settings.get("limit", "1h") == timedelta(hours=1)
