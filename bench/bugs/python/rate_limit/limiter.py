from collections import deque


class RateLimiter:
    """Allows at most `limit` calls within any `window` seconds, for each client on its own."""

    def __init__(self, limit, window):
        self._limit = limit
        self._window = window
        self._calls = {}

    def allow(self, client, now):
        """Whether a call at the moment `now` is allowed; only allowed calls count.

        A call made exactly `window` seconds ago no longer counts.
        """
        calls = self._calls.setdefault(client, deque())
        if calls and now - calls[0] >= self._window:
            calls.popleft()
        calls.append(now)
        return len(calls) <= self._limit

    def remaining(self, client, now):
        """How many calls are allowed at this moment."""
        calls = self._calls.get(client, ())
        return self._limit - sum(now - call < self._window for call in calls)
