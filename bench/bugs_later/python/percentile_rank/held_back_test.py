import statistics

import pytest

from latency import percentile, summary


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([7], 0, 7), ([7], 63, 7), ([7], 100, 7),
        ([0, 100], 1, 1), ([0, 100], 99, 99),
        (range(101), 37, 37), (range(11), 95, 9.5),
        ([1, 1, 1, 9], 90, 6.6), ([-4, 4], 50, 0),
    ],
)
def test_values(values, share, found):
    assert percentile(values, share) == pytest.approx(found)


def test_quartiles():
    values = [4, 8, 15, 16, 23, 42, 108]
    assert [percentile(values, share) for share in (25, 50, 75)] == statistics.quantiles(values, method="inclusive")
    assert percentile(values, 10) == pytest.approx(6.4)


def test_summary():
    found = summary([("/a", n) for n in range(1, 22)])
    assert (found["/a"].count, found["/a"].median, found["/a"].slow, found["/a"].worst) == (21, 11, 20, 21)
