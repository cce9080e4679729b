"""Runs in a box as a pytest plugin: tries many candidates with one start of pytest. PYTEST_DONT_REWRITE

Before the first `conftest.py` is read, this process stops and becomes a *nursery*. It forks a child that goes
on as pytest does: that collects the tests, and there tries candidates by exchanging the code of functions
(`python_screen_batch`). What cannot be tried so is tried afterwards: the nursery writes the candidate's bytes
to the box's own copy of the project and forks a child that goes on as pytest does, imports them and runs the
tests. In a run without a plan for tests nothing happens here.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

import python_screen_board  # type: ignore[import-not-found,unused-ignore]
import python_screen_plan  # type: ignore[import-not-found,unused-ignore]
import python_screen_tree  # type: ignore[import-not-found,unused-ignore]

ALONE, FOUND, OPEN = python_screen_board.ALONE, python_screen_board.FOUND, python_screen_board.OPEN
READY = 0
"""Flag of the board: the tests were collected."""
ACTIVE: list[Any] = []
HERE = __file__.rpartition("/")[0]


class Screener:
    """One screening, in the nursery and in those that it forks; `alone` is the candidate on disk, or None."""

    def __init__(self, plan: Any, report: str) -> None:
        self.plan = plan
        self.board = python_screen_board.Board(len(plan.candidates), report)
        self.alone: int | None = None
        self.ran: dict[int, Any] = {}
        self.runner: Any = None

    def nurse(self) -> None:
        """Returns only in the children that go on as pytest."""
        board, plan = self.board, self.plan
        child = python_screen_board.fork()
        if child is None:
            sys.settrace(self.on_call)
            threading.settrace(self.on_call)
            return
        python_screen_board.watch(child, board, plan.end, has_beat=False)
        if not board.is_flagged(READY):
            board.write({"is": "unable", "why": "pytest did not come to run tests"})
            os._exit(0)
        self.tree = python_screen_tree.Tree(plan.root)
        for at in board.those(ALONE):
            if time.monotonic() < plan.end and not self.is_loaded(at) and self.nurse_alone(at):
                return
        os._exit(0)

    def nurse_alone(self, at: int) -> bool:
        """Try one candidate from its bytes on disk; whether this is the child."""
        board, plan = self.board, self.plan
        laid = python_screen_plan.Laid(plan, at)
        if not laid.is_whole:
            return False
        board.beat(5.0 + 5 * plan.seconds, at)
        child = python_screen_board.fork()
        if child is None:
            self.alone = at
            sys.dont_write_bytecode = True
            return True
        how = python_screen_board.watch(child, board, plan.end)
        laid.undo()
        self.tree.restore()
        if how in ("late", "died", "ended") and board.state(at) != FOUND:
            board.found(at, False, 0.0, "did not end" if how == "late" else "the tests did not run")
        board.tell([at])
        board.rest()
        return False

    def is_loaded(self, at: int) -> bool:
        """Whether a file of the candidate was imported before pytest read anything of the project."""
        files = {self.plan.place(path) for path in self.plan.candidates[at]}
        loaded = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
        return bool(files & {os.path.realpath(file) for file in loaded if isinstance(file, str)})

    def on_call(self, frame: Any, event: str, argument: Any) -> None:
        """Notes which code runs before the tests do, and keeps it, lest another one get its number."""
        self.ran[id(frame.f_code)] = frame.f_code

    def loop(self, session: Any) -> None:
        """In the place of pytest's own loop over the tests."""
        is_traced = sys.gettrace() == self.on_call
        sys.settrace(None)
        threading.settrace(None)
        session.config.option.tbstyle = "line"
        self.board.flag(READY, True)
        if self.alone is None:
            self.board.write({"is": "ready", "tests": len(session.items)})
        if self.alone is not None:
            self.try_alone(session, self.alone)
        elif session.testsfailed or not is_traced or threading.active_count() > 1:
            self.leave_to_nursery()
        else:
            self.try_together(session)
        os._exit(0)

    def leave_to_nursery(self) -> None:
        for at in self.board.those(OPEN):
            self.board.set_state(at, ALONE)

    def try_together(self, session: Any) -> None:
        import linecache

        import python_screen_batch  # type: ignore[import-not-found,unused-ignore]

        for path in self.plan.paths:
            linecache.getlines(self.plan.place(path))
        batches = python_screen_batch.Batches(self.board, self.plan, session, self.ran)
        self.runner = batches.runner
        if len(batches.trial.failing) != self.plan.count_red or not self.plan.count_red:
            self.board.write({"is": "unable", "why": "the failing tests were not found"})
        elif not batches.run():
            self.leave_to_nursery()

    def try_alone(self, session: Any, at: int) -> None:
        """Judge the program as it was imported, which is one candidate."""
        import python_screen_batch
        import python_screen_state  # type: ignore[import-not-found,unused-ignore]
        import python_screen_tests  # type: ignore[import-not-found,unused-ignore]
        import python_screen_trial  # type: ignore[import-not-found,unused-ignore]

        board, plan = self.board, self.plan
        if session.testsfailed:
            board.found(at, False, 0.0, "a test module cannot be imported")
            return
        plan.know_all(python_screen_tests.test_id(item.nodeid) for item in session.items)
        modules = python_screen_state.project_modules(plan.root)
        trial = python_screen_trial.Trial(python_screen_batch.subjects(plan, session, modules))
        if len(trial.failing) != plan.count_red:
            board.found(at, False, 0.0, "a test is gone")
            return
        trial.is_patient = True
        trial.share = (plan.end - time.monotonic()) / 4
        self.runner = python_screen_tests.Runner(board, trial.limit)
        self.runner.at = at
        python_screen_batch.silence()
        self.runner.clock.start()
        board.found(at, *trial.judge(self.runner))
        if trial.is_doubtful:
            board.set_state(at, OPEN)


def begin() -> None:
    """Read the plan, once a process tree."""
    if ACTIVE or os.environ.get("GOLDSEAM_SCREEN_MODE") != "test":
        return
    plan = python_screen_plan.read_plan()
    if plan is not None:
        load_parts()
        ACTIVE.append(Screener(plan, python_screen_plan.hide_traces()))
        ACTIVE[0].nurse()


def load_parts() -> None:
    """Import what the children need, from a folder that the program under test is not to see."""
    sys.path.insert(0, HERE)
    import python_screen_batch  # noqa: F401

    sys.path[:] = [path for path in sys.path if path != HERE]


def pytest_load_initial_conftests(early_config: Any) -> None:
    namespace = early_config.known_args_namespace
    if hasattr(namespace, "cov_source"):
        namespace.cov_source = None  # A tracer of its own would hide which code ran.
    begin()


pytest_load_initial_conftests.pytest_impl = {"tryfirst": True}  # type: ignore[attr-defined]


def pytest_configure(config: Any) -> None:
    for name, value in (("dist", "no"), ("tx", []), ("numprocesses", 0)):
        if ACTIVE and hasattr(config.option, name):
            setattr(config.option, name, value)


pytest_configure.pytest_impl = {"tryfirst": True}  # type: ignore[attr-defined]


def pytest_runtestloop(session: Any) -> None:
    for screener in ACTIVE:
        screener.loop(session)


pytest_runtestloop.pytest_impl = {"tryfirst": True}  # type: ignore[attr-defined]


def pytest_runtest_protocol(item: Any) -> bool | None:
    for screener in ACTIVE:
        if screener.runner is not None:
            screener.runner.protocol(item)
            return True
    return None


pytest_runtest_protocol.pytest_impl = {"tryfirst": True}  # type: ignore[attr-defined]


def pytest_runtest_logreport(report: Any) -> None:
    for screener in ACTIVE:
        if screener.runner is not None:
            screener.runner.logged.append(report)
