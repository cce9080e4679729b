import pytest

from feed import Feed


def source(count):
    records = [{"id": n, "day": "2024-01-01"} for n in range(1, count + 1)]
    return lambda after, size: [r for r in records if r["id"] > after][:size]


@pytest.mark.parametrize(("count", "size", "requests"), [(0, 3, 1), (1, 3, 1), (3, 3, 2), (4, 3, 2), (6, 3, 3), (7, 3, 3), (5, 1, 6)])
def test_every_record_once(count, size, requests):
    feed = Feed(source(count), size)
    assert [r["id"] for r in feed] == list(range(1, count + 1))
    assert feed.requests == requests


def test_first_over_pages():
    feed = Feed(source(10), 3)
    assert [r["id"] for r in feed.first(5)] == [1, 2, 3, 4, 5]
    assert feed.requests == 2
