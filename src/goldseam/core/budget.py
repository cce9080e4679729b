"""What one repair may still spend. The only value in the core that changes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens read by a model (`prompt`) and written by it (`completion`)."""

    prompt: int = 0
    completion: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(self.prompt + other.prompt, self.completion + other.completion)

    @property
    def total(self) -> int:
        return self.prompt + self.completion


SECONDS_A_TOKEN = 0.02
"""Of the embedded model on two quiet cores, until it is measured."""
MEASURABLE_TOKENS = 100
LIMITS = frozenset({"attempts", "tokens", "seconds"})


@dataclass(slots=True)
class Budget:
    """Questions to a model (`attempts`), tokens and seconds; `clock` is a monotonic time in seconds.

    `left_open` names those of the three that nobody limited: a plan may. `spent_attempts` counts all batches,
    those that cost no token as well.
    """

    attempts: int = 12
    tokens: int = 40_000
    seconds: float = 600.0
    clock: Callable[[], float] = time.monotonic
    left_open: frozenset[str] = frozenset()
    spent_attempts: int = 0
    spent_tokens: Tokens = field(default_factory=Tokens)
    _asked: int = field(init=False, default=0)
    _start: float = field(init=False)
    _not_counted: float = field(init=False, default=0.0)
    _planned_seconds: float | None = field(init=False, default=None)
    _asking_seconds: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._start = self.clock()

    @property
    def spent_seconds(self) -> float:
        return self.clock() - self._start - self._not_counted

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.seconds - self.spent_seconds)

    @property
    def tokens_left(self) -> int:
        return max(0, self.tokens - self.spent_tokens.total)

    @property
    def exhausted(self) -> bool:
        return self._asked >= self.attempts or not self.tokens_left or not self.seconds_left

    def settle(self, attempts: int, tokens: int, seconds: float) -> None:
        """Take a plan's limits for what was left open.

        To `seconds` comes the time that all tokens take, at the pace of the model as it is measured.
        """
        if "attempts" in self.left_open:
            self.attempts = attempts
        if "tokens" in self.left_open:
            self.tokens = tokens
        if "seconds" in self.left_open:
            self._planned_seconds = seconds
            self._fit()

    def charge(self, tokens: Tokens, seconds: float = 0.0) -> None:
        """One batch, what its model calls cost, and the seconds that it took to write."""
        self.spent_attempts += 1
        self._asked += tokens.total > 0
        self.spent_tokens += tokens
        if tokens.total:
            self._asking_seconds += seconds
            self._fit()

    def _fit(self) -> None:
        if self._planned_seconds is None:
            return
        spent = self.spent_tokens.total
        pace = self._asking_seconds / spent if spent >= MEASURABLE_TOKENS else SECONDS_A_TOKEN
        self.seconds = self._planned_seconds + self.tokens * pace

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """Seconds inside are not charged: starting a model is nobody's repair."""
        before = self.clock()
        try:
            yield
        finally:
            self._not_counted += self.clock() - before
