"""Runs in a box: what all processes of a screening share, and how one watches another. PYTEST_DONT_REWRITE

The *plan* is the file that `GOLDSEAM_SCREEN` names: candidates as edits of files, tests with their last
outcome and seconds, the time there is. The *board* is memory that a process shares with those it forks: where
each candidate stands, what was found, and since when the running step runs. What is found for good goes to
the report, one JSON line a candidate.
"""

from __future__ import annotations

import base64
import json
import mmap
import os
import select
import signal
import struct
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN, FOUND, ALONE, LATE, DIED = range(5)
"""States of a candidate. ALONE: it can be tried only in a process that has not imported the project yet."""

_SLOT, _TEXT = 512, 480
_BEAT = struct.Struct("<ddi")
_ENTRY = struct.Struct("<BBdH")
_MARKS = ("red", "promising")
EVERY = 0.02
BORN = time.monotonic()


class Plan:
    """What is to be screened; `root` is the project's folder, `end` a moment of the monotonic clock."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.new: set[str] = set()
        self.tests: dict[str, tuple[bool, float]] = {
            test: (outcome == "failed", float(seconds)) for test, (outcome, seconds) in told["tests"].items()
        }
        self.candidates: list[Any] = [
            {
                path: [(start, end, base64.b64decode(text)) for start, end, text in edits]
                for path, edits in one
            }
            for one in told["candidates"]
        ]
        self.ignored: frozenset[str] = frozenset(told["ignored"])
        self.command: str = told["command"]
        self.seconds = float(told["ran"])
        self.root = root_of(told["path"])
        self.end = BORN + 0.95 * float(told["seconds"]) - 0.2

    @property
    def paths(self) -> list[str]:
        return sorted({path for edits in self.candidates for path in edits})

    @property
    def count_red(self) -> int:
        return sum(was_red for was_red, _ in self.tests.values())

    def place(self, path: str) -> str:
        """Where a file of the project lies."""
        return f"{self.root}/{path}"

    def know_all(self, collected: Iterable[str]) -> None:
        """Where a module of tests could not be imported, its tests are wanted that are collected now."""
        broken = [test for test in self.tests if test.startswith("::")]
        for test in broken:
            del self.tests[test]
        for test in collected if broken else ():
            if test not in self.ignored and test not in self.tests:
                self.new.add(test)
                self.tests[test] = (True, 0.0)


def read_plan() -> Plan | None:
    """The plan, or None where there is none or the project is not found."""
    with open(os.environ["GOLDSEAM_SCREEN"], encoding="utf-8") as stream:  # noqa: PTH123
        plan = Plan(json.load(stream))
    return plan if plan.root else None


def hide_traces() -> str:
    """Take out of the environment what a plain run has not; returns the report's path."""
    report = os.environ["GOLDSEAM_SCREEN_REPORT"]
    for name in [name for name in os.environ if name.startswith("GOLDSEAM_SCREEN")]:
        del os.environ[name]
    for name in ("PYTHONPATH", "PYTEST_ADDOPTS"):
        os.environ.pop(name, None)
    return report


def root_of(path: str) -> str:
    """The nearest folder from here upwards below which the path exists, links resolved; empty if none."""
    folder = os.path.realpath(os.getcwd())  # noqa: PTH109
    while folder != "/":
        if os.path.isfile(f"{folder}/{path}"):  # noqa: PTH113
            return folder
        folder = folder.rpartition("/")[0] or "/"
    return ""


def applied(data: bytes, edits: Iterable[tuple[int, int, bytes]], base: int = 0) -> bytes:
    """`data`, which begins at byte `base` of its file, with edits of the file applied."""
    parts, position = [], 0
    for start, end, text in sorted(edits):
        parts += [data[position : start - base], text]
        position = end - base
    parts.append(data[position:])
    return b"".join(parts)


class Laid:
    """A candidate's bytes in the box's copy of the project, with times that no cached bytecode has."""

    def __init__(self, plan: Plan, at: int) -> None:
        self.before: list[tuple[str, bytes, tuple[int, int]]] = []
        second = (int(time.time()) + 10 + 2 * at) * 10**9
        self.is_whole = True
        try:
            for path, edits in plan.candidates[at].items():
                place = plan.place(path)
                state = os.stat(place)  # noqa: PTH116 - no Path in a program that starts in every interpreter
                with open(place, "rb") as stream:  # noqa: PTH123
                    data = stream.read()
                self.before.append((place, data, (state.st_atime_ns, state.st_mtime_ns)))
                write(place, applied(data, edits), (second, second))
        except OSError:
            self.is_whole = False
            self.undo()

    def undo(self) -> None:
        for place, data, times in self.before:
            write(place, data, times)


def write(place: str, data: bytes, times: tuple[int, int]) -> None:
    with open(place, "wb") as stream:  # noqa: PTH123
        stream.write(data)
    os.utime(place, ns=times)


class Board:
    """One slot a candidate, and a beat: since when, for how long at most, and for which candidate."""

    def __init__(self, count: int, report: str) -> None:
        self.count, self.report = count, report
        self.memory = mmap.mmap(-1, _BEAT.size + 2 + _SLOT * max(count, 1))
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

    def found(self, at: int, is_promising: bool, gain: float, evidence: str) -> None:
        """What was found of a candidate, until it is told or found anew."""
        text = evidence.encode("utf-8", "replace")[:_TEXT]
        place = self._place(at)
        _ENTRY.pack_into(self.memory, place, FOUND, is_promising, gain, len(text))
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
                _, mark, gain, size = _ENTRY.unpack_from(self.memory, place)
                text = self.memory[place + _ENTRY.size : place + _ENTRY.size + size].decode(
                    "utf-8", "replace"
                )
                lines.append(
                    {"is": "screened", "at": at, "mark": _MARKS[mark], "gain": gain, "evidence": text}
                )
        self.write(*lines)

    def write(self, *records: dict[str, Any]) -> None:
        data = "".join(json.dumps(record) + "\n" for record in records).encode()
        file = os.open(self.report, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, data)
        finally:
            os.close(file)

    def _place(self, at: int) -> int:
        return _BEAT.size + 2 + at * _SLOT


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


def kill(pid: int) -> None:
    """End a child with all of its process group."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)
            return
