from datetime import timedelta

import pytest

from spans import BadSpan, Settings, parse, show


@pytest.mark.parametrize("bad", ["1m1h", "5x", "5s5s", "-5", "1.5h", "h", "1h!", "10 5", " "])
def test_bad(bad):
    with pytest.raises(BadSpan):
        parse(bad)


@pytest.mark.parametrize(
    ("text", "seconds"), [(" 1H ", 3600), ("1 d 12 h", 129600), ("0", 0), ("7m7", 427), ("1d1h1m1s", 90061), ("300s", 300)]
)
def test_good(text, seconds):
    assert parse(text) == timedelta(seconds=seconds)
    assert parse(show(parse(text))) == parse(text)


def test_all_errors():
    settings = Settings(a="1h,", b="x", c="1")
    assert [error[0] for error in settings.errors] == ["a", "b"]
    assert settings.spans == {"c": timedelta(seconds=1)}
