"""How long to wait between attempts."""

import random


class GaveUp(Exception):
    pass


class Backoff:
    """Pauses of `base` seconds, twice as long after each failure, but never above `cap`.

    `jitter` is the share of each pause that is left to chance: with 0.1 a pause of ten seconds is
    between nine and ten seconds.
    """

    def __init__(self, base=1.0, cap=60.0, jitter=0.0, rng=None):
        self.base = base
        self.cap = cap
        self.jitter = jitter
        self.rng = rng or random.Random()

    def pause(self, attempt):
        """Seconds to wait after this attempt; the first one is number 0."""
        pause = self.base * 2 * attempt
        pause = min(pause, self.cap)
        return pause * (1 - self.jitter * self.rng.random())

    def pauses(self, count):
        return [self.pause(attempt) for attempt in range(count)]


def call(action, backoff, attempts, sleep, expected=(OSError,)):
    """Call `action` until it returns; `GaveUp` from its last error once all attempts are spent."""
    for attempt in range(attempts):
        try:
            return action()
        except expected as error:
            if attempt == attempts - 1:
                raise GaveUp(f"after {attempts} attempts") from error
            sleep(backoff.pause(attempt))
