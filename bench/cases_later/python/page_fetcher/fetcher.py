"""Fetches pages, a few at once, and follows their redirects."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    status: int
    text: str = ""
    location: str | None = None


@dataclass(frozen=True)
class Page:
    url: str
    text: str


class FetchError(Exception):
    pass


class Fetcher:
    """`get(url)` is a coroutine that gives an `Answer`; at most `at_once` pages are fetched at the same time."""

    def __init__(self, get, at_once=2, most_redirects=3):
        self._get = get
        self._slots = asyncio.Semaphore(at_once)
        self._most = most_redirects
        self._seen = set()
        self.errors = {}

    async def _follow(self, url):
        """The page at the end of all redirects; `FetchError` for a circle, for too many, and for no success."""
        seen = self._seen
        while True:
            if url in seen:
                raise FetchError(f"circle at {url}")
            if len(seen) > self._most:
                raise FetchError(f"too many redirects at {url}")
            seen.add(url)
            answer = self._get(url)
            if answer.status in (301, 302) and answer.location:
                url = answer.location
            elif answer.status == 200:
                return Page(url, answer.text)
            else:
                raise FetchError(f"status {answer.status} of {url}")

    async def fetch(self, url):
        """A page, or None with its error kept in `errors`."""
        try:
            await self._slots.acquire()
            page = await self._follow(url)
            self._slots.release()
        except FetchError as error:
            self.errors[url] = str(error)
            return None
        return page

    async def fetch_all(self, urls):
        """The pages of all addresses that could be fetched, in their order."""
        pages = await asyncio.gather(*(self.fetch(url) for url in urls))
        return [page for page in pages if page is not None]
