"""Keeps calls away from a service that is down."""

import functools
import time


class Broken(Exception):
    """The call was not made."""


class Breaker:
    """After `most` failures in a row no call is made for `pause` seconds.

    Then one call is tried. If it succeeds all is as at the beginning: it takes `most` failures in a row again.
    If it fails, no call is made for `pause` seconds from that failure on.
    """

    def __init__(self, most=3, pause=30.0, clock=time.monotonic):
        self.most, self.pause, self._clock = most, pause, clock
        self._failures = 0
        self._opened = None
        self.refused = 0

    @property
    def is_open(self):
        return self._opened is not None and self._clock() - self._opened < self.pause

    def call(self, action, *args, **kwargs):
        """Call the action; `Broken` while no call is made."""
        if self.is_open:
            self.refused += 1
            raise Broken(getattr(action, "__name__", "action"))
        try:
            result = action(*args, **kwargs)
        except Exception:
            self._failed()
            raise
        self._opened = None
        return result

    def _failed(self):
        self._failures += 1
        if self._opened is None and self._failures >= self.most:
            self._opened = self._clock()

    def __call__(self, action):
        @functools.wraps(action)
        def guarded(*args, **kwargs):
            return self.call(action, *args, **kwargs)

        return guarded
