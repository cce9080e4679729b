import asyncio

from fetching import Fetcher


def test_loaded_once():
    calls = []

    async def load(name):
        calls.append(name)
        await asyncio.sleep(0)
        return len(name)

    async def main():
        fetcher = Fetcher(load)
        return [await fetcher.fetch("abc"), await fetcher.fetch("abc"), *await fetcher.fetch_all(["x", "abc", "x"])]

    assert asyncio.run(main()) == [3, 3, 1, 3, 1]
    assert calls == ["abc", "x"]
