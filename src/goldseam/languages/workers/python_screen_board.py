"""Runs in a box: what all processes of a screening share, and how one watches another. PYTEST_DONT_REWRITE

The *board* is memory that a process shares with those it forks: where each candidate stands, what was found,
and since when the running step runs. What is found for good goes to the report, one JSON line a candidate.
"""

from __future__ import annotations

import json
import mmap
import os
import resource
import select
import signal
import struct
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import NoReturn

OPEN, FOUND, ALONE, LATE, DIED = range(5)
"""States of a candidate. ALONE: it can be tried only in a process that has not imported the project yet."""

_SLOT, _TEXT, _FLAGS = 512, 464, 3
_MASK = 16
"""Bytes that tell which tests a candidate turned green, a bit each."""
_BEAT = struct.Struct("<ddi")
_ENTRY = struct.Struct(f"<BBdH{_MASK}s")
_MARKS = ("red", "promising")
EVERY = 0.02


class Board:
    """One slot a candidate, and a beat: since when, for how long at most, and for which candidate."""

    def __init__(self, count: int, report: str) -> None:
        self.count, self.report = count, report
        self.memory = mmap.mmap(-1, _BEAT.size + _FLAGS + _SLOT * max(count, 1))
        self.told: set[int] = set()

    def beat(self, limit: float, at: int) -> None:
        _BEAT.pack_into(self.memory, 0, time.monotonic(), limit, at)

    @property
    def running(self) -> int:
        return int(_BEAT.unpack_from(self.memory, 0)[2])

    @property
    def is_late(self) -> bool:
        began, limit, _ = _BEAT.unpack_from(self.memory, 0)
        return bool(began and time.monotonic() - began > limit)

    def rest(self) -> None:
        """Nothing runs, nobody is late."""
        _BEAT.pack_into(self.memory, 0, 0.0, 0.0, -1)

    def flag(self, which: int, value: bool) -> None:
        self.memory[_BEAT.size + which] = value

    def is_flagged(self, which: int) -> bool:
        return bool(self.memory[_BEAT.size + which])

    def state(self, at: int) -> int:
        return self.memory[self._place(at)]

    def set_state(self, at: int, state: int) -> None:
        self.memory[self._place(at)] = state

    def those(self, *states: int) -> list[int]:
        return [at for at in range(self.count) if self.state(at) in states]

    def found(self, at: int, is_promising: bool, gain: float, evidence: str, mended: int = 0) -> None:
        """What was found of a candidate, until it is told or found anew."""
        text = evidence.encode("utf-8", "replace")[:_TEXT]
        place = self._place(at)
        mask = (mended & ((1 << 8 * _MASK) - 1)).to_bytes(_MASK, "little")
        _ENTRY.pack_into(self.memory, place, FOUND, is_promising, gain, len(text), mask)
        self.memory[place + _ENTRY.size : place + _ENTRY.size + len(text)] = text

    def is_promising(self, at: int) -> bool:
        return bool(_ENTRY.unpack_from(self.memory, self._place(at))[1])

    def gain(self, at: int) -> float:
        return float(_ENTRY.unpack_from(self.memory, self._place(at))[2])

    def tell(self, which: Iterable[int]) -> None:
        """Write down for good what was found of these."""
        lines = []
        for at in which:
            if self.state(at) == FOUND and at not in self.told:
                self.told.add(at)
                place = self._place(at)
                _, mark, gain, size, mask = _ENTRY.unpack_from(self.memory, place)
                text = self.memory[place + _ENTRY.size : place + _ENTRY.size + size].decode(
                    "utf-8", "replace"
                )
                record = {"is": "screened", "at": at, "mark": _MARKS[mark], "gain": gain, "evidence": text}
                lines.append({**record, "mended": f"{int.from_bytes(mask, 'little'):x}"})
        self.write(*lines)

    def write(self, *records: dict[str, Any]) -> None:
        data = "".join(json.dumps(record) + "\n" for record in records).encode()
        file = os.open(self.report, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, data)
        finally:
            os.close(file)

    def _place(self, at: int) -> int:
        return _BEAT.size + _FLAGS + at * _SLOT


def fork() -> tuple[int, int] | None:
    """A child's process id and a pipe that closes when it ends; None in the child."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    os.close(reader)
    os.setpgid(0, 0)
    return None


def end_after(work: Callable[[], object]) -> NoReturn:
    """In a child: do `work` and end, without what the program or its runner does at its end."""
    try:
        work()
    except BaseException:  # noqa: BLE001 - whatever the code under test raises
        os._exit(1)
    os._exit(0)


def watch(child: tuple[int, int], board: Board, end: float, has_beat: bool = True) -> str:
    """Wait for a child: `ended`, or killed because it was `late` at a step, `over` at `end`, or it `died`."""
    return watch_status(child, board, end, has_beat)[0]


def watch_status(child: tuple[int, int], board: Board, end: float, has_beat: bool = True) -> tuple[str, int]:
    """The same, with the exit code, which is -N for signal N."""
    pid, reader = child
    how, done = "", 0
    try:
        while not how and not done and not select.select([reader], [], [], EVERY)[0]:
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done and has_beat and board.is_late:
                how = "late"
            elif not done and time.monotonic() > end:
                how = "over"
        kill(pid) if how else None
        if not done:
            status = os.waitpid(pid, 0)[1]
    finally:
        os.close(reader)
        kill(pid)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return how or ("died" if code else "ended"), code


def bound_memory() -> None:
    """Let this process fill three quarters of what the box has: beyond, the whole box would end."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_DATA, (3 * hard // 8, hard))


def kill(pid: int) -> None:
    """End a child with all of its process group."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)
            return
