import pytest

from sizes import Usage, parse, show


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (-2048, "-2.0 KiB"), (1024**4, "1.0 TiB")],
)
def test_show(count, shown):
    assert show(count) == shown


def test_rounded_up():
    assert show(1024**2 - 1) == "1.0 MiB"
    assert show(1024**2 - 1, 0) == "1 MiB"


def test_large():
    assert show(2048 * 1024**4) == "2048.0 TiB"


def test_parse():
    assert parse("1.5 kib") == 1536
    assert parse("2M") == 2 * 1024**2
    with pytest.raises(ValueError):
        parse("2 parsecs")


def test_usage():
    usage = Usage("1 MiB")
    usage.put("a", 1024)
    usage.put("b", 2048)
    assert str(usage) == "3.0 KiB of 1.0 MiB (0 %)"
    assert usage.largest(1) == ["b: 2.0 KiB"]
