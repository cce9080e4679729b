"""Holds interrupting signals back while the owner's files are between two states."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

_HELD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_Handler = Callable[[int, FrameType | None], object] | int | None


class HeldSignals:
    """While entered, SIGINT, SIGTERM and SIGHUP wait; inside `allowed` they interrupt at once.

    A signal that waited is delivered at the next `allowed` or at the end: to the handler that was there
    before, or as `SystemExit` where the default would have killed the process in mid-work. Python runs
    handlers in the main thread only, so elsewhere there is nothing to hold.
    """

    def __init__(self) -> None:
        self._before: dict[int, _Handler] = {}
        self._waiting: list[int] = []
        self._open = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _HELD:
                handler = signal.getsignal(number)
                if handler is not None and handler is not signal.SIG_IGN:
                    self._before[number] = handler
                    signal.signal(number, self._receive)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if error is None or isinstance(error, Exception):
            self._deliver()

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Signals interrupt the block."""
        self._open = True
        try:
            self._deliver()
            yield
        finally:
            self._open = False

    def _receive(self, number: int, frame: FrameType | None) -> None:
        self._waiting.append(number)
        if self._open:
            self._deliver()

    def _deliver(self) -> None:
        while self._waiting:
            number = self._waiting.pop(0)
            handler = self._before[number]
            if callable(handler):
                handler(number, None)
            else:
                raise SystemExit(128 + number)
