import asyncio


class Fetcher:
    """Fetches documents by an async `load` function, a few at a time, each only once."""

    def __init__(self, load, at_once=4):
        self._load = load
        self._gate = asyncio.Semaphore(at_once)
        self._known = {}

    async def fetch(self, name):
        """One document; it is loaded at the first call alone."""
        if name not in self._known:
            async with self._gate:
                self._known[name] = self._load(name)
        return self._known[name]

    async def fetch_all(self, names):
        """Documents in the order of their names; names may repeat."""
        return [await self.fetch(name) for name in names]
