"""Runs in a box: what is to be screened, and a candidate's bytes on disk. PYTEST_DONT_REWRITE

The *plan* is the file that `GOLDSEAM_SCREEN` names: candidates as edits of files, tests with their last
outcome and seconds, the time there is.
"""

from __future__ import annotations

import base64
import json
import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

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
