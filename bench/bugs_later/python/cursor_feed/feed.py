"""Reads a service that hands out its records page by page."""

from collections.abc import Iterator


class FeedError(RuntimeError):
    """The service answered with something that is no page."""


class Feed:
    # `fetch(after, size)` returns up to `size` records whose id is greater than `after`
    def __init__(self, fetch, size=3):
        if size <= 0:
            raise ValueError("size must be positive")
        self.fetch = fetch
        self.size = size
        self.requests = 0

    def __iter__(self) -> Iterator[dict]:
        after = 0
        while True:
            batch = self._page(after)
            yield from batch
            if len(batch) <= self.size:
                return
            after = batch[-1]["id"]

    def _page(self, after):
        self.requests += 1
        batch = self.fetch(after, self.size)
        if not isinstance(batch, list):
            raise FeedError(f"no page after {after}: {batch!r}")
        return batch

    def since(self, day):
        for record in self:
            if record["day"] >= day:
                yield record

    def first(self, wanted=1):
        found = []
        for record in self:
            found.append(record)
            if len(found) == wanted:
                break
        return found
