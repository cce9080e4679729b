import pytest

from breaker import Breaker, Broken


def follow(most, pause, steps):
    """What becomes of calls at `(second, whether the service is up)`."""
    now = [0.0]
    breaker, seen = Breaker(most, pause, lambda: now[0]), ""

    def action(up):
        if not up:
            raise OSError
        return "+"

    for now[0], up in steps:
        try:
            seen += breaker.call(action, up)
        except OSError:
            seen += "-"
        except Broken:
            seen += "."
    return seen


@pytest.mark.parametrize(
    ("ups", "seen"),
    [
        ([0, 0, 0, 1, 1], "---.."),
        ([0, 0, 1, 0, 0, 1, 0, 0, 0, 1], "--+--+---."),
        ([1, 1, 0, 1, 0, 1, 0, 1], "++-+-+-+"),
    ],
)
def test_at_one_time(ups, seen):
    assert follow(3, 10, [(0, up) for up in ups]) == seen


def test_pauses():
    assert follow(2, 10, [(0, 0), (1, 0), (10, 1), (11, 0), (12, 1), (20, 1), (21, 0), (30, 1), (31, 1)]) == "--.-..-.+"


def test_as_at_the_beginning():
    assert follow(2, 10, [(0, 0), (0, 0), (10, 1), (10, 0), (10, 1), (10, 0), (10, 0), (10, 1)]) == "--+-+--."


def test_refused():
    breaker = Breaker(1, 5, lambda: 1.0)
    with pytest.raises(KeyError):
        breaker.call({}.__getitem__, "x")
    for _ in range(3):
        with pytest.raises(Broken):
            breaker.call(int)
    assert breaker.refused == 3
