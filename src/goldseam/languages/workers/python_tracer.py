"""Runs in a box: tells which lines each test ran, and what the frames of a failure held. PYTEST_DONT_REWRITE

Loaded by `sitecustomize` in every interpreter of a traced run, and by pytest as a plugin. Environment:
`GOLDSEAM_TRACE` is the file to append JSON lines to, `GOLDSEAM_TRACE_FILE` a project-relative path by which
the project's folder is known, `GOLDSEAM_TRACE_SECONDS` the time that the command has, `GOLDSEAM_TRACE_WATCH`
is set where the plain run did not end, or filled the memory. A record is `lines`, `failure`, or what
`python_watch` adds. Nothing here may change what the program does: every entry is guarded, and collecting
lines stops when it gets too slow.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import python_values  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType, FrameType

    Local = Callable[[FrameType, str, Any], Any] | None

MAX_LINE_EVENTS = 20_000_000
MAX_SHARE_OF_TIME = 0.4
MAX_BYTES = 6_000_000
MAX_FAILURES = 200
DEPENDENCIES = frozenset({"site-packages", "dist-packages", ".venv", "venv", "node_modules", ".tox", ".nox"})


class Tracer:
    """The state of one interpreter: the test that runs, and the lines that it ran."""

    def __init__(self, root: str, report: str, seconds: float) -> None:
        self.root, self.report = root, report
        self.cpu_end = time.process_time() + seconds * MAX_SHARE_OF_TIME
        self.bytes_left = MAX_BYTES
        self.failures_left = MAX_FAILURES
        self.printer = python_values.Printer()
        self.home = os.getcwd()  # noqa: PTH109 - no Path in every interpreter that starts
        self.pid = os.getpid()
        self.outer = test_id(os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0])
        self.test, self.outcome, self.begun = self.outer, "", time.monotonic()
        self.paths: dict[CodeType, str | None] = {}
        self.seen: dict[CodeType, set[int]] = {}
        self.table: dict[CodeType, Local] = {}
        self.budget: Iterator[int] = iter(range(MAX_LINE_EVENTS))
        self.is_complete = True
        self.has_pytest = False
        self.on_call = self.make_on_call()

    def path_of(self, code: CodeType) -> str | None:
        """The project-relative path of code of the project."""
        if code not in self.paths:
            self.paths[code] = self.find_path(code.co_filename)
        return self.paths[code]

    def find_path(self, filename: str) -> str | None:
        if filename.startswith("<"):
            return None
        path = os.path.normpath(os.path.join(self.home, filename))  # noqa: PTH118 - works for broken names
        if not path.startswith(self.root + "/"):
            return None
        path = path[len(self.root) + 1 :]
        return None if DEPENDENCIES.intersection(path.split("/")) else path

    def make_on_call(self) -> Callable[[FrameType, str, Any], Any]:
        table, miss = self.table, self.miss
        nothing = object()

        def on_call(frame: FrameType, event: str, argument: Any) -> Any:
            local = table.get(frame.f_code, nothing)
            return miss(frame) if local is nothing else local

        return on_call

    def miss(self, frame: FrameType) -> Local:
        """The first call of a function in this test, or one by which unittest is followed."""
        code = frame.f_code
        if not self.has_pytest and "unittest" in code.co_filename and code.co_name in UNITTEST:
            return UNITTEST[code.co_name](self, frame)
        self.table[code] = None if self.path_of(code) is None else self.local_of(code)
        return self.table[code]

    def local_of(self, code: CodeType) -> Local:
        """A local trace function: it leaves when all lines of the function have been seen."""
        table, stop = self.table, self.stop
        budget = self.budget
        lines: set[int] = set()
        add = lines.add
        self.seen[code] = lines
        total = line_count(code)

        def on_line(frame: FrameType, event: str, argument: Any) -> Any:
            add(frame.f_lineno)
            if event == "return" and len(lines) >= total:
                table[code] = None
            for _ in budget:
                return on_line
            stop()
            return None

        return on_line

    def stop(self) -> None:
        """Collect no more lines; what was collected of this test is not all."""
        self.is_complete = False
        if sys.gettrace() is self.on_call:
            sys.settrace(None)

    def start(self) -> None:
        """Collect lines in this thread and in those to come, unless somebody else does already."""
        if self.is_complete and sys.gettrace() is None:
            threading.settrace(self.on_call)
            sys.settrace(self.on_call)

    def enter(self, test: str) -> None:
        self.leave()
        self.test, self.outcome, self.begun = test, "", time.monotonic()

    def leave(self) -> None:
        """Tell what the test ran, and be outside of tests."""
        if self.is_complete and time.process_time() > self.cpu_end:
            self.stop()
        lines = self.lines()
        if lines or self.outcome:
            seconds = round(time.monotonic() - self.begun, 4)
            self.write(
                {
                    "is": "lines",
                    "test": self.test,
                    "outcome": self.outcome,
                    "seconds": seconds,
                    "lines": lines,
                }
            )
        self.seen.clear()
        self.table.clear()
        self.test, self.outcome, self.begun = self.outer, "", time.monotonic()

    def lines(self) -> dict[str, list[int]]:
        """By path: first and last line of each range."""
        found: dict[str, set[int]] = {}
        for code, lines in list(self.seen.items()):
            path = self.path_of(code)
            if lines and path is not None:
                found.setdefault(path, set()).update(list(lines))
        return {path: ranges(lines) for path, lines in found.items()}

    def fail(self, error: BaseException | None) -> None:
        """Tell of an error that ended a test or the program."""
        if error is None or self.failures_left <= 0 or isinstance(error, SystemExit):
            return
        self.failures_left -= 1
        for member in list(getattr(error, "exceptions", ()))[:3]:
            if isinstance(member, BaseException):
                self.fail(member)
        chain = python_values.failure(error, self.path_of, self.printer)
        self.write({"is": "failure", "test": self.test, "chain": chain})

    def write(self, record: dict[str, Any]) -> None:
        data = (json.dumps(record) + "\n").encode("utf-8", "replace")
        if len(data) > self.bytes_left or os.getpid() != self.pid:
            return
        self.bytes_left -= len(data)
        file = os.open(self.report, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(file).st_size < 2 * MAX_BYTES:
                os.write(file, data)
        finally:
            os.close(file)


def ranges(lines: set[int]) -> list[int]:
    found: list[int] = []
    for line in sorted(lines):
        if found and found[-1] == line - 1:
            found[-1] = line
        else:
            found += [line, line]
    return found


def line_count(code: CodeType) -> int:
    """How many lines of a function can be run, or more than can be."""
    if not hasattr(code, "co_lines"):
        return 1 << 30
    lines = {line for _, _, line in code.co_lines() if line}
    if code.co_name != "<module>":
        lines.discard(code.co_firstlineno)
    return len(lines) or 1 << 30


def test_id(node: str) -> str:
    """The name in pytest's report: `tests.a.TestB::test_c[1]` for `tests/a.py::TestB::test_c[1]`."""
    plain, bracket, rest = node.partition("[")
    path, *names = plain.split("::")
    if not names:
        return ""
    if path.endswith(".py"):
        path = path[:-3]
    return f"{'.'.join([path.replace('/', '.'), *names[:-1]])}::{names[-1]}{bracket}{rest}"


def guarded(action: Callable[..., Any]) -> Callable[..., Any]:
    """The same action, which never raises."""

    def safely(*arguments: Any) -> Any:
        try:
            return action(*arguments)
        except Exception:  # noqa: BLE001 - whatever happens here must not change the run
            return None

    return safely


def unittest_run(tracer: Tracer, frame: FrameType) -> Local:
    """`TestCase.run` is called: a test, until it returns."""
    case: Any = frame.f_locals.get("self")
    if not frame.f_code.co_filename.endswith("case.py") or not hasattr(case, "id"):
        return None
    guarded(tracer.enter)(unittest_id(str(case.id())))
    home = frame.f_code

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        if event == "return" and frame.f_code is home:
            tracer.outcome = tracer.outcome or "passed"
            guarded(tracer.leave)()
        return on_line

    return on_line


def unittest_id(name: str) -> str:
    place, _, method = name.rpartition(".")
    return f"{place}::{method}"


def unittest_result(outcome: str) -> Callable[[Tracer, FrameType], Local]:
    """A method of `TestResult` is called, which says how a test ended."""

    def told(tracer: Tracer, frame: FrameType) -> Local:
        error = frame.f_locals.get("err")
        if outcome == "failed" and tracer.outcome != "failed" and type(error) is tuple and len(error) == 3:
            guarded(tracer.fail)(error[1])
        tracer.outcome = outcome
        return None

    return told


UNITTEST: dict[str, Callable[[Tracer, FrameType], Local]] = {
    "run": unittest_run,
    "addFailure": unittest_result("failed"),
    "addError": unittest_result("failed"),
    "addSkip": unittest_result("skipped"),
}
ACTIVE: list[Tracer] = []


def begin() -> None:
    """Called once, before the program."""
    guarded(_begin)()


def _begin() -> None:
    root = root_of(os.environ["GOLDSEAM_TRACE_FILE"])
    if root is None or ACTIVE:
        return
    tracer = Tracer(root, os.environ["GOLDSEAM_TRACE"], float(os.environ["GOLDSEAM_TRACE_SECONDS"]))
    ACTIVE.append(tracer)
    atexit.register(guarded(tracer.leave))
    follow_hooks(tracer)
    if os.environ.get("GOLDSEAM_TRACE_WATCH"):
        __import__("python_watch").watch(tracer)
    words = getattr(sys, "orig_argv", [])[:4]
    if not any("pytest" in word or "py.test" in word for word in words):
        tracer.start()


def root_of(path: str) -> str | None:
    """The nearest folder from here upwards below which the path exists."""
    folder = os.getcwd()  # noqa: PTH109
    while folder != "/":
        if os.path.isfile(f"{folder}/{path}"):  # noqa: PTH113
            return folder
        folder = folder.rpartition("/")[0] or "/"
    return None


def follow_hooks(tracer: Tracer) -> None:
    """Look at uncaught errors before they are printed."""
    printed, printed_of_thread = sys.excepthook, threading.excepthook

    def hook(kind: Any, error: Any, traceback: Any) -> Any:
        guarded(tracer.fail)(error)
        return printed(kind, error, traceback)

    def hook_of_thread(told: Any) -> Any:
        guarded(tracer.fail)(told.exc_value)
        return printed_of_thread(told)

    sys.excepthook, threading.excepthook = hook, hook_of_thread


def pytest_configure() -> None:
    for tracer in ACTIVE:
        tracer.has_pytest = True
        guarded(tracer.start)()


def pytest_runtest_protocol(item: Any) -> Iterator[None]:
    for tracer in ACTIVE:
        guarded(tracer.enter)(test_id(item.nodeid))
        guarded(tracer.start)()
    yield
    for tracer in ACTIVE:
        guarded(tracer.leave)()


pytest_runtest_protocol.pytest_impl = {"hookwrapper": True, "tryfirst": True}  # type: ignore[attr-defined]


def pytest_runtest_logreport(report: Any) -> None:
    for tracer in ACTIVE:
        if test_id(report.nodeid) == tracer.test and (report.when == "call" or report.outcome != "passed"):
            tracer.outcome = tracer.outcome if tracer.outcome == "failed" else report.outcome


def pytest_runtest_makereport(call: Any) -> None:
    for tracer in ACTIVE:
        excinfo = getattr(call, "excinfo", None)
        if excinfo is not None and type(excinfo.value).__module__ != "_pytest.outcomes":
            guarded(tracer.fail)(excinfo.value)


def pytest_collectreport(report: Any) -> None:
    for tracer in ACTIVE:
        excinfo = getattr(getattr(report, "call", None), "excinfo", None)
        if excinfo is not None:
            guarded(tracer.fail)(excinfo.value)


def active() -> tuple[Tracer, ...]:
    return tuple(ACTIVE)
