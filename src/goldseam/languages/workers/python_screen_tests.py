"""Runs in a box: runs single tests of a collected pytest session, again and again. PYTEST_DONT_REWRITE

A test without fixtures is called directly, its parameters put back afterwards. One with fixtures goes through
pytest's own set-up, call and tear-down; one with marks, hooks or a class of unittest through all that pytest
does for a test. Nothing is reported. A test that goes on for too long is interrupted
by an exception; where that does not help, the process is killed from outside, by `python_screen_board.watch`.
"""

from __future__ import annotations

import inspect
import re
import signal
import time
import unittest
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
import python_screen_state  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goldseam.languages.workers.python_screen_board import Board

PASSED, FAILED, SKIPPED, STOPPED = "passed", "failed", "skipped", "late"
MEANINGFUL = frozenset({"skip", "skipif", "xfail", "usefixtures", "filterwarnings"})
HOOKS = ("runtest_setup", "runtest_call", "runtest_teardown", "pyfunc_call", "runtest_protocol")
HARMLESS = (
    "_pytest.",
    "python_screen",
    "_hypothesis",
    "anyio",
    "pytest_asyncio",
    "pytest_benchmark",
    "pytest_cov",
    "pytest_mock",
    "pytest_timeout",
    "xdist",
)
"""Modules of hooks that do nothing to a test without fixtures and marks."""
NEEDY = frozenset({"caplog", "pytester", "testdir", "subtests", "benchmark"})
"""Fixtures that live on what pytest does around a test."""
KILLED_AFTER = 3.0
TICK = 0.005
WAITING = 2.5
"""How many times its limit of processor time a test may take in all, since this machine has other work."""
tmppath_result_key: Any = object()
with suppress(ImportError):  # Older versions of pytest have no need of it.
    from _pytest.tmpdir import tmppath_result_key
_ADDRESS = re.compile(r"0x[0-9a-f]+")

AGAIN = 0.05
"""Seconds that a test which was interrupted has to end, before it is interrupted again."""


class OutOfTime(BaseException):
    """Raised in a test that goes on for too long."""


class Clock:
    """Interrupts what goes on for longer than it may; one timer for the whole process."""

    def __init__(self) -> None:
        self.end = self.spent = 0.0
        self.is_over = False

    def begin(self, limit: float) -> None:
        """From now on, `limit` seconds of this process's processor time, and some more of waiting."""
        self.is_over = False
        self.spent = time.process_time() + limit
        self.end = time.monotonic() + WAITING * limit

    def rest(self) -> None:
        self.end = 0.0

    def start(self) -> None:
        signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, TICK, TICK)

    def _tick(self, number: int, frame: Any) -> None:
        if self.end and (time.process_time() > self.spent or time.monotonic() > self.end):
            self.is_over = True
            self.spent, self.end = time.process_time() + AGAIN, time.monotonic() + AGAIN
            raise OutOfTime


class Subject:
    """A collected test and what is known of it; `way` tells how the unpatched program fails it.

    It is run by `call` if there is one, else by fixtures alone if `is_short`. `number` is its place.
    """

    number = 0

    def __init__(self, item: Any, test: str, was_red: bool, seconds: float, modules: Iterable[str]) -> None:
        self.item, self.test, self.was_red, self.seconds = item, test, was_red, seconds
        self.may_skip = False
        self.is_short = is_short(item)
        self.call = plain_call(item) if self.is_short else None
        self.way: tuple[str, str] = ("", "")
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        guard = python_screen_state.Guard(list(parameters.values()), modules)
        self.guard = None if guard.is_empty else guard


class Runner:
    """Runs subjects in this process; `limit_of` gives the seconds each may take.

    `after` puts back the program's state behind a test that was called directly: so each begins with the
    same. Behind others it would take away what fixtures have set up.
    """

    def __init__(self, board: Board, limit_of: Callable[[Subject], float]) -> None:
        self.board, self.limit_of = board, limit_of
        self.clock = Clock()
        self.at = -1
        self.after: Callable[[], object] | None = None
        self.logged: list[Any] = []

    def run(self, subject: Subject, following: Subject | None = None) -> tuple[str, str, str]:
        """The outcome, the kind of the error and its text; `following` is run next in this session."""
        limit = self.limit_of(subject)
        self.board.beat(KILLED_AFTER * limit + 0.2, self.at)
        clock = self.clock
        clock.begin(limit)
        try:
            found = self._by_its_way(subject, following)
        except OutOfTime:
            found = (STOPPED, "OutOfTime", "")
        finally:
            clock.rest()
        if subject.guard is not None:
            subject.guard.restore()
        if self.after is not None and subject.call is not None:
            self.after()
        if subject.may_skip and found[0] == SKIPPED:
            return PASSED, "", ""
        return (STOPPED, "OutOfTime", f"did not end within {limit:.2f} s") if clock.is_over else found

    def _direct(self, call: Callable[[], Any]) -> tuple[str, str, str]:
        try:
            call()
        except OutOfTime:
            raise
        except pytest.skip.Exception:
            return SKIPPED, SKIPPED, SKIPPED
        except BaseException as error:  # noqa: BLE001 - whatever the code under test raises is its answer
            return FAILED, type(error).__name__, _text(error)
        return PASSED, "", ""

    def _by_its_way(self, subject: Subject, following: Subject | None) -> tuple[str, str, str]:
        if subject.call is not None:
            return self._direct(subject.call)
        return self._short(subject, following) if subject.is_short else self._whole(subject, following)

    def _short(self, subject: Subject, following: Subject | None) -> tuple[str, str, str]:
        """Fixtures and the test; an error of tearing down counts as one of the test."""
        item = subject.item
        state = item.session._setupstate  # noqa: SLF001 - no public way to it
        if not item._request:  # noqa: SLF001 - as pytest does when a test runs again
            item._initrequest()  # noqa: SLF001
        item.stash.setdefault(tmppath_result_key, {})

        def run() -> None:
            try:
                state.setup(item)
                item.runtest()
            finally:
                state.teardown_exact(following.item if following is not None else None)

        try:
            return self._direct(run)
        finally:
            item._request, item.funcargs = False, None  # noqa: SLF001

    def _whole(self, subject: Subject, following: Subject | None) -> tuple[str, str, str]:
        """Through all hooks around a test; `protocol` is what they go around."""
        self.logged, self.following = [], following.item if following is not None else None
        subject.item.ihook.pytest_runtest_protocol(item=subject.item, nextitem=self.following)
        failed = [report for report in self.logged if report.failed]
        if failed:
            text = _crash(failed[0])
            return FAILED, text.partition(":")[0], text
        called = [report for report in self.logged if report.when == "call"]
        if called and all(report.passed for report in self.logged):
            return PASSED, "", ""
        return SKIPPED, SKIPPED, SKIPPED

    def protocol(self, item: Any) -> None:
        """What pytest does of one test, without its reports; a subtest that fails is logged by itself."""
        from _pytest.runner import runtestprotocol

        self.logged += runtestprotocol(item, log=False, nextitem=self.following)

    def settle(self, session: Any) -> bool:
        """Tear down what was left standing for a following test; whether that went well."""
        try:
            session._setupstate.teardown_exact(None)  # noqa: SLF001 - no public way to it
        except BaseException:  # noqa: BLE001 - whatever the code under test raises
            return False
        return True


def is_short(item: Any) -> bool:
    """Whether a test is no more than its fixtures and its function, for pytest and for all plugins."""
    if type(item).__name__ != "Function" or not _has_plain_hooks(item):
        return False
    if any(mark.name in MEANINGFUL for mark in item.iter_markers()) or NEEDY.intersection(item.fixturenames):
        return False
    return item.cls is None or not issubclass(item.cls, unittest.TestCase)


def plain_call(item: Any) -> Callable[[], Any] | None:
    """What runs a test as pytest would, or None where only pytest can."""
    function, owner = item.function, item.cls
    if _is_special(function):
        return None
    definitions = item._fixtureinfo.name2fixturedefs  # noqa: SLF001 - no public way to it
    if not all(_is_parameter(item, name, definitions.get(name)) for name in item.fixturenames):
        return None
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    arguments = {name: parameters[name] for name in item._fixtureinfo.argnames}  # noqa: SLF001
    if owner is None:
        return lambda: function(**arguments)
    name = item.originalname
    return lambda: getattr(owner(), name)(**arguments)


def _is_special(function: Any) -> bool:
    return (
        inspect.iscoroutinefunction(function)
        or inspect.isasyncgenfunction(function)
        or hasattr(function, "is_hypothesis_test")
        or hasattr(function, "hypothesis")
    )


def _has_plain_hooks(item: Any) -> bool:
    """Whether nobody but pytest itself has a hand in running a test."""
    return all(
        implementation.function.__module__.startswith(HARMLESS)
        for hook in HOOKS
        for implementation in getattr(item.ihook, f"pytest_{hook}").get_hookimpls()
    )


def _is_parameter(item: Any, name: str, definitions: Any) -> bool:
    if name in getattr(getattr(item, "callspec", None), "funcargs", ()):
        return True
    return bool(definitions) and definitions[-1].func.__name__ == "get_direct_param_fixture_func"


def _text(error: BaseException) -> str:
    try:
        return _ADDRESS.sub("0x", f"{type(error).__name__}: {str(error)[:300]}")
    except Exception:  # noqa: BLE001 - an error of the code under test
        return type(error).__name__


def _crash(report: Any) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    return _ADDRESS.sub("0x", str(crash.message if crash is not None else report.longrepr)[-300:])


def test_id(node: str) -> str:
    """The name in pytest's report: `tests.a.TestB::test_c[1]` for `tests/a.py::TestB::test_c[1]`."""
    plain, bracket, rest = node.partition("[")
    path, *names = plain.split("::")
    if not names:
        return ""
    if path.endswith(".py"):
        path = path[:-3]
    return f"{'.'.join([path.replace('/', '.'), *names[:-1]])}::{names[-1]}{bracket}{rest}"
