"""Runs that are begun before their results are asked for, on the core that one test command leaves idle."""

import os
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
CORES = 2


class Pending(Protocol[T_co]):
    """What a call gives, once it is asked for; raises what the call raised."""

    def result(self) -> T_co: ...


class _Delayed(Generic[T]):
    """A call that is made when its result is first asked for."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._given: list[T] = []

    def result(self) -> T:
        if not self._given:
            self._given.append(self._call())
        return self._given[0]


class Ahead:
    """Begins calls beside their caller, one after the other, or makes them when asked where it has nobody."""

    def __init__(self, beside: Executor | None = None) -> None:
        self._beside = beside

    def begin(self, call: Callable[[], T]) -> Pending[T]:
        """A call that nobody may need; the order of calls is kept beside the caller."""
        return _Delayed(call) if self._beside is None else self._beside.submit(call)


def is_worth_it(boxes_are_apart: bool) -> bool:
    """Whether two runs of one command at once neither meet each other nor wait for one core."""
    return boxes_are_apart and (os.cpu_count() or 1) >= CORES
