"""Runs in a box, in a pytest that has collected: candidates in forks, many in each. PYTEST_DONT_REWRITE

In the first round a test has little time; a candidate that hits the limit waits for the second round, where
it has a process of its own and more time. Where the first round finds candidates that promise, there is no
second: what may be slow and right is left to the judge, if it refuses those. Behind each batch the unpatched
program must do what it did before; else the batch counts for nothing and is run again with one fork a
candidate.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import python_screen_board  # type: ignore[import-not-found,unused-ignore]
import python_screen_probe  # type: ignore[import-not-found,unused-ignore]
import python_screen_reference  # type: ignore[import-not-found,unused-ignore]
import python_screen_state  # type: ignore[import-not-found,unused-ignore]
import python_screen_swap  # type: ignore[import-not-found,unused-ignore]
import python_screen_tests  # type: ignore[import-not-found,unused-ignore]
import python_screen_tree  # type: ignore[import-not-found,unused-ignore]
import python_screen_trial  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Callable

ALONE, DIED, FOUND, LATE, OPEN = (
    python_screen_board.ALONE,
    python_screen_board.DIED,
    python_screen_board.FOUND,
    python_screen_board.LATE,
    python_screen_board.OPEN,
)
TOGETHER = 100
MOST_LEAKS = 2
NOBODY = -1
"""Runs when the candidates of a batch have been tried, and the unpatched program is."""
CHECK_SECONDS = 5.0
MOST_DOUBTED = 4
"""Candidates that turned a test green and did not end: so many are left to the judge."""
CLEAN, WROTE = 1, 2
"""Flags of the board: the batch left no traces; something wrote to the project."""
STARTS_PROCESSES = frozenset({"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "pty.spawn"})
NOTICED = STARTS_PROCESSES | python_screen_tree.CHANGES | {"open"}


class Batches:
    """The candidates that are tried by exchanging code."""

    def __init__(self, board: Any, plan: Any, session: Any, ran: dict[int, Any]) -> None:
        self.board, self.plan, self.session, self.ran = board, plan, session, ran
        self.modules = python_screen_state.project_modules(plan.root)
        self.trial = python_screen_trial.Trial(subjects(plan, session, self.modules))
        self.runner = python_screen_tests.Runner(board, self.trial.limit)
        self.is_single = False
        self.leaks = 0
        self.has_looked = False
        self.tree = python_screen_tree.Tree(plan.root)
        self.watch_audit()

    def run(self) -> bool:
        """Try all that can be tried so; whether anything could be."""
        reference = python_screen_reference.Reference(self)
        if not reference.learn():
            return False
        self.is_single = reference.is_single
        self.swap = python_screen_swap.Swap(*self.sources())
        for at in self.board.those(OPEN):
            try:
                self.swap.groups(self.plan.candidates[at])
            except python_screen_swap.Unfit:
                self.board.set_state(at, ALONE)
        gc.freeze()  # A collection in a child would copy all that it shares with this process.
        self.round(self.board.those(OPEN))
        self.second_round()
        python_screen_probe.Probe(self).run()
        return True

    def round(self, queue: list[int]) -> None:
        while queue and time.monotonic() < self.plan.end:
            size = 1 if self.is_single else TOGETHER
            batch, queue = queue[:size], queue[size:]
            queue = self.batch(batch) + queue

    def second_round(self) -> None:
        """More time for those that were late or died, each in a process of its own."""
        if any(self.board.is_promising(at) for at in self.board.those(FOUND)):
            return
        self.trial.is_patient = True
        left = self.board.those(DIED, LATE)
        end = min(self.plan.end, time.monotonic() + python_screen_trial.LATER_SECONDS)
        for place, at in enumerate(left):
            now = time.monotonic()
            if now > self.plan.end:
                return
            if now > end:
                self.give_up(left[place:])
                break
            self.trial.share = max(0.0, end - now) / (len(left) - place)
            self.board.set_state(at, OPEN)
            self.batch([at])
        doubted = sorted(self.board.those(LATE), key=self.board.gain, reverse=True)
        for at in doubted[:MOST_DOUBTED]:
            self.board.set_state(at, OPEN)
        for at in doubted[MOST_DOUBTED:]:
            self.board.set_state(at, FOUND)
        self.board.tell(doubted[MOST_DOUBTED:])

    def give_up(self, which: list[int]) -> None:
        """The less likely of many that do not end: few are slow, with some times the time that tests took."""
        for at in which:
            self.board.found(at, False, 0.0, "did not end")
        self.board.tell(which)

    def batch(self, which: list[int]) -> list[int]:
        """Try candidates in one child; returns those to try again."""
        board = self.board
        board.flag(CLEAN, False)
        board.beat(5.0, which[0])
        child = python_screen_board.fork()
        if child is None:
            python_screen_board.end_after(lambda: self.run_batch(which))
        how = python_screen_board.watch(child, board, self.plan.end)
        self.clear()
        running = board.running
        board.rest()
        if board.is_flagged(CLEAN):
            board.tell(which)
            return [at for at in which if board.state(at) == OPEN] if len(which) > 1 else []
        if how == "over":
            self.forget(which)
            return []
        if how == "ended" and running == NOBODY:
            self.leaks += 1
            self.is_single = self.is_single or self.leaks >= MOST_LEAKS
            self.forget(which)
            for at in which:
                self.batch([at])
            return []
        return self.without(running if running in which else which[0], which, how)

    @property
    def has_written(self) -> bool:
        """Whether something wrote to the project since it was cleared."""
        return bool(self.board.is_flagged(WROTE))

    def clear(self) -> None:
        """Take away what a child wrote to the project; from now on each candidate has its own process."""
        if self.has_written:
            self.tree.restore()
            self.is_single = True
            self.board.flag(WROTE, False)

    def without(self, culprit: int, which: list[int], how: str) -> list[int]:
        """All but the one that ended the process or hung, so that nothing interrupted it."""
        self.forget(which)
        if len(which) > 1 or not self.trial.is_patient:
            self.board.set_state(culprit, LATE if how == "late" else DIED)
            return [at for at in which if at != culprit]
        self.board.found(culprit, False, 0.0, "did not end" if how == "late" else "ended the process")
        self.board.tell([culprit])
        return []

    def forget(self, which: list[int]) -> None:
        for at in which:
            if self.board.state(at) == FOUND:
                self.board.set_state(at, OPEN)

    # In a child.

    def begin(self) -> None:
        """Remember the state of the program, and bound this process."""
        self.world = python_screen_state.World()
        self.state = python_screen_state.Guard(self.modules.values(), self.modules)
        self.names = len(sys.modules)
        self.runner.after = self.state.restore
        silence()
        self.runner.clock.start()

    def restore(self) -> bool:
        is_settled = True
        if not self.trial.is_direct:
            is_settled = bool(self.runner.settle(self.session))
            self.state.restore()
        self.world.restore()
        return is_settled

    def run_batch(self, which: list[int]) -> None:
        self.begin()
        threads = threading.active_count()
        for at in which:
            is_settled = self.one(at)
            if not is_settled or threading.active_count() > threads or time.monotonic() > self.plan.end:
                break
            if self.has_written:
                break  # Those behind it would find what it wrote.
        self.runner.at = NOBODY
        self.board.beat(CHECK_SECONDS, NOBODY)
        if len(which) == 1 or (
            not self.has_written
            and not self.has_new_modules()
            and self.trial.is_unchanged(self.runner, self.restore)
        ):
            self.board.flag(CLEAN, True)

    def one(self, at: int) -> bool:
        """Try one candidate and put everything back; whether that went well."""
        self.runner.at, self.has_looked = at, False
        self.board.beat(2.0, at)
        try:
            undo = self.swap.begin(self.plan.candidates[at])
        except (python_screen_swap.Unfit, SyntaxError, ValueError, RecursionError, MemoryError):
            self.board.set_state(at, ALONE)
            return True
        return self.tried(at, undo)

    def tried(self, at: int, undo: Callable[[], None]) -> bool:
        try:
            self.board.found(at, *self.trial.judge(self.runner))
            if self.trial.is_doubtful:
                self.board.set_state(at, LATE)
        except python_screen_trial.Late:
            self.board.set_state(at, LATE)
        finally:
            undo()
        if self.has_looked:
            self.board.set_state(at, ALONE)
        return self.restore()

    def has_new_modules(self) -> bool:
        """Whether running tests imported more of the project."""
        if len(sys.modules) == self.names:
            return False
        return bool(python_screen_state.project_modules(self.plan.root).keys() != self.modules.keys())

    def sources(self) -> tuple[dict[str, Any], Any]:
        """The modules under repair that are imported, by path, and the live functions."""
        files = {os.path.realpath(module.__file__ or ""): module.__file__ for module in self.modules.values()}
        sources = {}
        for path in self.plan.paths:
            name = files.get(self.plan.place(path))
            if name:
                with open(name, "rb") as stream:  # noqa: PTH123
                    sources[path] = python_screen_swap.Source(stream.read(), name)
        names = {source.filename for source in sources.values()}
        return sources, python_screen_swap.Live(names, self.ran)

    def watch_audit(self) -> None:
        """Notice tests that start programs, or read the files under repair: these see the unpatched text."""
        names = tuple(path.rpartition("/")[2] for path in self.plan.paths)
        stems = tuple(name.rpartition(".")[0] + "." for name in names)

        def is_watched(path: Any) -> bool:
            name = os.fsdecode(path).rpartition("/")[2] if isinstance(path, (str, bytes, os.PathLike)) else ""
            return name in names or (name.endswith(".pyc") and name.startswith(stems))

        def hook(event: str, arguments: Any) -> None:
            if event not in NOTICED:
                return
            if event in STARTS_PROCESSES or (event == "open" and is_watched(arguments[0])):
                self.has_looked = True
            if python_screen_tree.is_write(event, arguments, self.plan.root):
                self.board.flag(WROTE, True)

        sys.addaudithook(hook)


def subjects(plan: Any, session: Any, modules: Any) -> list[Any]:
    """The wanted tests among those collected."""
    items = {python_screen_tests.test_id(item.nodeid): item for item in session.items}
    found = [
        python_screen_tests.Subject(items[test], test, was_red, seconds, modules)
        for test, (was_red, seconds) in plan.tests.items()
        if test in items
    ]
    numbers = {test: number for number, (test, (was_red, _)) in enumerate(plan.tests.items()) if was_red}
    for subject in found:
        subject.number = numbers.get(subject.test, 0)
        if subject.test in plan.new:
            subject.may_skip, subject.call, subject.is_short = True, None, False
    return found


def silence() -> None:
    """Throw away what is printed, and bound memory below what ends the whole box."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.stdout = sys.stderr = open(  # noqa: SIM115 - as long as this process
        nowhere, "w", encoding="utf-8", errors="replace", closefd=False
    )
    python_screen_board.bound_memory()
