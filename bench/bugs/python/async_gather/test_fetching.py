import asyncio

from fetching import Fetcher


async def load(name):
    await asyncio.sleep(0)
    return name.upper()


def test_one():
    assert asyncio.run(Fetcher(load).fetch("a")) == "A"


def test_all_in_order():
    assert asyncio.run(Fetcher(load).fetch_all(["b", "a"])) == ["B", "A"]


def test_nothing():
    assert asyncio.run(Fetcher(load).fetch_all([])) == []
