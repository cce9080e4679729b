import pytest

from sessions import Click, Sessions


@pytest.mark.parametrize(
    ("times", "sizes"),
    [
        ([0], [1]),
        ([0, 10, 20, 30, 40], [5]),
        ([0, 11, 21, 31], [1, 3]),
        ([0, 10, 21, 30, 41], [2, 2, 1]),
        ([40, 0, 30, 5], [2, 2]),
        ([0, 0, 0, 10], [4]),
        ([1, 12, 23], [1, 1, 1]),
    ],
)
def test_sizes(times, sizes):
    found = Sessions(10).of([Click("v", at, "/") for at in times])
    assert [len(session.clicks) for session in found] == sizes


def test_report():
    clicks = [Click(visitor, at, "/") for at in range(0, 100, 9) for visitor in ("a", "b")]
    clicks.append(Click("c", 50, "/x"))
    clicks.append(Click("a", 200, "/y"))
    assert Sessions(10).report(clicks) == {"sessions": 4, "bounced": 2, "longest": 99}
