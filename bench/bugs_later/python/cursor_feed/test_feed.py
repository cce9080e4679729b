import pytest

from feed import Feed, FeedError

RECORDS = [{"id": n * 10, "day": f"2024-01-{n:02d}"} for n in range(1, 8)]


def fetch(after, size):
    return [r for r in RECORDS if r["id"] > after][:size]


def test_all_records():
    assert [r["id"] for r in Feed(fetch)] == [10, 20, 30, 40, 50, 60, 70]


def test_since():
    assert [r["id"] for r in Feed(fetch, 2).since("2024-01-06")] == [60, 70]


def test_one_large_page():
    feed = Feed(fetch, 100)
    assert len(list(feed)) == 7
    assert feed.requests == 1


def test_first_asks_no_more_than_needed():
    feed = Feed(fetch)
    assert feed.first(2) == RECORDS[:2]
    assert feed.requests == 1


def test_no_page():
    with pytest.raises(FeedError):
        list(Feed(lambda after, size: None))
