"""How many threads the embedded model gets, and when that proves too many.

Threads of a model wait for each other at every layer: when other work preempts one, all stall. On two
busy cores two threads were ten times slower than one; on two idle cores they are nearly twice as fast.
"""

import os
from dataclasses import dataclass

_MEASURABLE_TOKENS = 16
_SLOWED = 0.5


def threads_for(cores: int, load: float) -> int:
    """One thread for each core that `load` (runnable processes) leaves free; at least one."""
    busy = int(load + 0.5)
    return max(1, cores - busy)


def threads_now() -> int:
    """`threads_for` this process's cores and the load of the last minute."""
    return threads_for(usable_cores(), os.getloadavg()[0])


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class Pace:
    """Watches generation speed over a server's running totals."""

    tokens: float = 0.0
    seconds: float = 0.0
    best: float = 0.0

    def slowed(self, tokens: float, seconds: float) -> bool:
        """Take new totals; True if what came since the last ones ran at under half the best speed."""
        new_tokens, new_seconds = tokens - self.tokens, seconds - self.seconds
        if new_tokens < _MEASURABLE_TOKENS or new_seconds <= 0:
            return False
        self.tokens, self.seconds = tokens, seconds
        speed = new_tokens / new_seconds
        self.best = max(self.best, speed)
        return speed < self.best * _SLOWED
