"""Limits how often something may happen."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    allowed: bool
    wait: float = 0.0


class TokenBucket:
    """`rate` tokens come in each second, evenly, up to `size`; at first the bucket is full.

    However often it is asked, as many tokens come in as time goes by.
    """

    def __init__(self, rate, size, clock=time.monotonic):
        self.rate, self.size, self._clock = rate, size, clock
        self._tokens = float(size)
        self._since = clock()

    def _refill(self):
        now = self._clock()
        gained = int((now - self._since) * self.rate)
        self._tokens = min(self.size, self._tokens + gained)
        self._since = now

    def take(self, count=1):
        """Take tokens if there are enough, else say how many seconds it takes until there are."""
        if count > self.size:
            raise ValueError(f"never more than {self.size} at once")
        self._refill()
        if self._tokens >= count:
            self._tokens -= count
            return Answer(True)
        return Answer(False, (count - self._tokens) / self.rate)


class Limiter:
    """A bucket for each client."""

    def __init__(self, rate, size, clock=time.monotonic):
        self._make = lambda: TokenBucket(rate, size, clock)
        self._buckets = {}

    def allows(self, client):
        if client not in self._buckets:
            self._buckets[client] = self._make()
        return self._buckets[client].take().allowed
