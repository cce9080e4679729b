"""Runs in a box, in a thread of its own, where the plain run did not end or filled the memory.

It samples where the program is, and tells it before the command's time is over: the lines of the main
thread, the stacks of all threads and whether they move, the lines while which memory grew. A test that
hangs is interrupted, so that the others are seen too. At seven tenths of the command's time the process ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Place = tuple[str, int]

EVERY = 0.01
PAGE = 4096
TOLD_EVERY_BYTES = 48 * 1024 * 1024
MAX_PLACES = 40
MAX_STACK = 60
FIRST_TEST_SHARE, NEXT_TEST_SHARE, END_SHARE = 0.1, 0.02, 0.7
WAITING = frozenset({"wait", "join", "_wait_for_tstate_lock", "acquire", "get", "put", "_join", "wait_for"})


class Interrupted(BaseException):
    """Raised in a test that goes on for too long."""


class Watch:
    """What was sampled so far."""

    def __init__(self, tracer: Any, seconds: float) -> None:
        self.tracer, self.seconds = tracer, seconds
        self.start = time.monotonic()
        self.main = threading.main_thread().ident
        self.hot: list[Place | None] = []
        self.grown: dict[Place, int] = {}
        self.resident = self.told_at = resident()
        self.positions: dict[int, tuple[int, int]] = {}
        self.still: dict[int, int] = {}
        self.interrupted: list[str] = []
        self.can_interrupt = False

    def arm(self) -> None:
        """Let a signal that nobody uses interrupt the main thread."""
        if signal.getsignal(signal.SIGUSR2) is signal.SIG_DFL:
            signal.signal(signal.SIGUSR2, interrupt)
            self.can_interrupt = True

    def run(self) -> None:
        while time.monotonic() - self.start < self.seconds * END_SHARE:
            time.sleep(EVERY)
            self.sample()
            self.interrupt_test()
        self.tell()
        self.tracer.outcome = self.tracer.outcome or ("failed" if self.tracer.test else "")
        self.tracer.leave()
        os._exit(124)

    def sample(self) -> None:
        frames = sys._current_frames()  # noqa: SLF001 - the documented way to the stacks of all threads
        place = self.place_of(frames.get(self.main or 0))
        self.hot.append(place)
        now = resident()
        if place is not None and now > self.resident:
            self.grown[place] = self.grown.get(place, 0) + now - self.resident
        self.resident = now
        for thread, frame in frames.items():
            position = (id(frame), frame.f_lasti)
            self.still[thread] = (
                self.still.get(thread, 0) + 1 if self.positions.get(thread) == position else 0
            )
            self.positions[thread] = position
        if now - self.told_at > TOLD_EVERY_BYTES:
            self.told_at = now
            self.tell_memory()

    def place_of(self, frame: Any) -> Place | None:
        """The innermost line of the project."""
        while frame is not None:
            path = self.tracer.path_of(frame.f_code)
            if path is not None:
                return path, frame.f_lineno or 0
            frame = frame.f_back
        return None

    def interrupt_test(self) -> None:
        test = self.tracer.test
        share = NEXT_TEST_SHARE if self.interrupted else FIRST_TEST_SHARE
        if not test or not self.can_interrupt or self.hot[-1:] == [None]:
            return
        if time.monotonic() - self.tracer.begun < self.seconds * share:
            return
        if test not in self.interrupted:
            self.interrupted.append(test)
            self.tell()
        signal.pthread_kill(self.main or 0, signal.SIGUSR2)
        time.sleep(5 * EVERY)

    def tell(self) -> None:
        """The later half of the samples: before, the program may have been on its way."""
        late = self.hot[len(self.hot) // 2 :]
        self.hot = []
        counts: dict[Place, int] = {}
        for place in late:
            if place is not None:
                counts[place] = counts.get(place, 0) + 1
        self.tracer.write(
            {
                "is": "samples",
                "test": self.tracer.test,
                "total": len(late),
                "lines": largest(counts),
                "threads": self.threads(),
            }
        )
        self.tell_memory()

    def tell_memory(self) -> None:
        self.tracer.write({"is": "memory", "resident": self.resident, "lines": largest(self.grown)})

    def threads(self) -> list[dict[str, Any]]:
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        own = threading.get_ident()
        return [
            self.thread(names.get(thread, "thread"), frame, self.still.get(thread, 0))
            for thread, frame in list(sys._current_frames().items())[:50]  # noqa: SLF001
            if thread != own
        ]

    def thread(self, name: str, frame: Any, still: int) -> dict[str, Any]:
        stack: list[Any] = []
        if frame.f_code.co_filename.endswith(("/python_tracer.py", "/python_watch.py")):
            frame = frame.f_back
        innermost = frame
        while frame is not None and len(stack) < MAX_STACK:
            stack.append(frame)
            frame = frame.f_back
        of, printer = self.tracer.path_of, self.tracer.printer
        while stack[1:] and of(stack[-1].f_code) is None:
            stack.pop()
        shown = __import__("python_values").shown
        return {
            "name": name[:80],
            "still": still * EVERY,
            "waits": still * EVERY > 0.2 and is_waiting(innermost, of),
            "frames": [shown(one, one.f_lineno, of, printer) for one in reversed(stack)],
        }


def is_waiting(frame: Any, path_of: Any) -> bool:
    """Whether the innermost call is one that waits for another thread."""
    code = frame.f_code
    if path_of(code) is None:
        return code.co_name in WAITING
    import linecache

    line = linecache.getline(code.co_filename, frame.f_lineno or 0).strip()
    return line.startswith(("with ", "async with ")) or any(f".{name}(" in line for name in WAITING)


def largest(counts: dict[Place, int]) -> list[list[Any]]:
    ordered = sorted(counts.items(), key=lambda item: -item[1])[:MAX_PLACES]
    return [[path, line, count] for (path, line), count in ordered]


def resident() -> int:
    with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 - ten times faster than Path
        return int(stream.read().split()[1]) * PAGE


def interrupt(number: int, frame: Any) -> None:
    raise Interrupted("the test goes on for too long")


def watch(tracer: Any) -> None:
    """Start watching."""
    found = Watch(tracer, float(os.environ["GOLDSEAM_TRACE_SECONDS"]))
    found.arm()
    threading.Thread(target=found.run, name="goldseam-watch", daemon=True).start()
