import pytest

from sizes import show


@pytest.mark.parametrize(
    ("count", "digits", "shown"),
    [
        (1024**3 - 1, 1, "1.0 GiB"),
        (1024**3 - 1, 5, "1.00000 GiB"),
        (1023.9 * 1024, 1, "1023.9 KiB"),
        (1023.96 * 1024, 1, "1.0 MiB"),
        (1023.96 * 1024, 2, "1023.96 KiB"),
        (1023.6 * 1024, 0, "1 MiB"),
        (1023.4 * 1024, 0, "1023 KiB"),
        (1023, 3, "1023 B"),
        (-(1024**2) + 1, 1, "-1.0 MiB"),
        (1023.99 * 1024**4, 1, "1024.0 TiB"),
        (1000 * 1024, 1, "1000.0 KiB"),
        (1048000, 1, "1023.4 KiB"),
    ],
)
def test_show(count, digits, shown):
    assert show(count, digits) == shown


def test_never_four_digits_above():
    for count in range(1024**2 - 200, 1024**2 + 200):
        number, unit = show(count).split()
        assert float(number) < 1024
        assert unit in ("KiB", "MiB")
