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


@dataclass(slots=True)
class Budget:
    """Questions to a model (`attempts`), tokens and seconds; `clock` is a monotonic time in seconds.

    `spent_attempts` counts all batches, those that cost no token as well.
    """

    attempts: int = 12
    tokens: int = 40_000
    seconds: float = 600.0
    clock: Callable[[], float] = time.monotonic
    spent_attempts: int = 0
    spent_tokens: Tokens = field(default_factory=Tokens)
    _asked: int = field(init=False, default=0)
    _start: float = field(init=False)
    _not_counted: float = field(init=False, default=0.0)

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

    def charge(self, tokens: Tokens) -> None:
        """One batch and what its model calls cost."""
        self.spent_attempts += 1
        self._asked += tokens.total > 0
        self.spent_tokens += tokens

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """Seconds inside are not charged: starting a model is nobody's repair."""
        before = self.clock()
        try:
            yield
        finally:
            self._not_counted += self.clock() - before
