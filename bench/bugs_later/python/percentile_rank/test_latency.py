import pytest

from latency import percentile, summary


def test_ends():
    assert percentile([3, 1, 2], 0) == 1
    assert percentile([3, 1, 2], 100) == 3


def test_median():
    assert percentile([5, 1, 3], 50) == 3
    assert percentile([1, 2, 3, 4], 50) == 2.5


def test_between():
    assert percentile([10, 20], 25) == 12.5


def test_none():
    with pytest.raises(ValueError):
        percentile([], 50)


def test_summary():
    found = summary([("/a?x=1", 10), ("/b", 7), ("/a", 30)])
    assert str(found["/a"]) == "2 requests: 20 ms, 95 %: 29 ms, worst 30 ms"
