"""A weather service that asks a source, keeps answers for a while, and falls back to the last one."""

import asyncio
from datetime import datetime, timedelta, timezone


class SourceDown(Exception):
    pass


class Weather:
    def __init__(self, source, keep=timedelta(minutes=10), now=None):
        self._source = source
        self._keep = keep
        self._now = now or (lambda: datetime.now(timezone.utc))
        self._answers = {}

    async def degrees(self, city):
        """Degrees in a city: from the cache while fresh, else from the source, else the last known."""
        key = city.strip().lower()
        found = self._answers.get(city)
        if found and self._now() - found[1] < self._keep:
            return found[0]
        try:
            value = self._source(key)
        except SourceDown:
            if not found:
                return None
            return found[0]
        self._answers[key] = (value, datetime.now())
        return value

    async def warmest(self, cities):
        """The city with the most degrees, the first of several; cities without an answer do not count."""
        values = await asyncio.gather(self.degrees(city) for city in cities)
        known = [(value, city) for value, city in zip(values, cities) if value is not None]
        return max(known)[1] if known else None
