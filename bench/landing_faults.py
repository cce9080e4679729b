"""Faults at numbered steps of landing: kill, power cut, error, owner's edit; one scenario, run and checked.

A phase is one process that lands or recovers. Everything that must survive its death (the owner's open
files, what the disk had not yet synced) lives in the parent; the child asks for it over a socket.
"""

import errno
import os
import pickle
import shutil
import signal
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from landing_disk import Disk, WatchedEffects
from landing_world import Owner, Repair, build, wrong_contents, wrong_leftovers

from goldseam.core.errors import LandingError, StoreError, Unproven
from goldseam.land.effects import Effects, Step
from goldseam.land.landing import FileLanding
from goldseam.store.journal import SqliteJournal

ERRNOS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EINTR)
FULL = (errno.ENOSPC, errno.EDQUOT)
_NEEDS_SPACE = ("create", "write", "make_folder", "set_xattr", "link")
_PIECE = 48


@dataclass(frozen=True, slots=True)
class Stop:
    """The process dies before step `at`; in a power cut the disk forgets what was not synced.

    A power cut past the last step comes when the process has ended.
    """

    at: int
    power: bool = False


@dataclass(frozen=True, slots=True)
class Error:
    """Step `at` fails: before its action, `after` it, or all later ones too if it is `lasting`.

    `only` is the start of the names that a lasting error hits.
    """

    at: int
    number: int
    after: bool = False
    lasting: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """The owner saves `name` before step `at`; the save's second half comes `delay` steps later."""

    at: int
    name: str
    style: str
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """One process: at most one stop, any number of errors and edits, a second goldseam before one step."""

    stop: Stop | None = None
    errors: tuple[Error, ...] = ()
    edits: tuple[Edit, ...] = ()
    second: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A repair that the oracle accepts or not, landed in the first phase and recovered in the others."""

    repair: Repair
    accepted: bool
    phases: tuple[Phase, ...]
    exchange: bool = True


@dataclass(slots=True)
class Seen:
    """What happened: faults that took place, steps of landing and last recovery, broken promises."""

    kinds: Counter[str] = field(default_factory=Counter)
    steps: list[Step] = field(default_factory=list)
    recovery: list[Step] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    stopped: bool = False
    verified: bool = False

    @property
    def faults(self) -> int:
        return self.kinds.total()


class Parent:
    """What outlives a phase: the owner, the disk's memory, the count of faults."""

    def __init__(self, root: Path) -> None:
        self.owner = Owner(root)
        self.disk = Disk(root)
        self.seen = Seen()
        self.raised = ""

    def answer(self, word: str, *given: Any) -> None:
        match word:
            case "fault":
                self.seen.kinds[given[0]] += 1
            case "begin":
                self.seen.kinds["edits"] += 1
                self.owner.begin(*given)
            case "finish":
                self.owner.finish(*given)
            case "wrong":
                self.seen.wrong.append(given[0])
            case "judged":
                self.owner.judged()
            case "verified":
                self.seen.verified = True
            case "raised":
                self.raised = given[0]
            case "disk":
                getattr(self.disk, given[0])(*given[1:])


class Injector:
    """The `Around` of a phase."""

    def __init__(self, root: Path, phase: Phase, exchange: bool, ask: Callable[..., None]) -> None:
        self.root = root
        self.phase = phase
        self.exchange = exchange
        self.ask = ask
        self.steps: list[Step] = []
        self.counted: set[Error] = set()

    def __call__(self, step: Step, action: Callable[[], Any], /) -> Any:
        self.steps.append(step)
        self._edit(step.number)
        if self.phase.second == step.number:
            self._intrude()
        if self.phase.stop and self.phase.stop.at == step.number:
            self.ask("fault", "power_cuts" if self.phase.stop.power else "kills")
            os.kill(os.getpid(), signal.SIGKILL)
        self._fail(step, after=False)
        if step.name == "exchange" and not self.exchange:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        result = action()
        if step.name == "journal verified":
            self.ask("verified")
        self._fail_after(step, result)
        return result

    def _intrude(self) -> None:
        self.ask("fault", "seconds_turned_away")
        try:
            FileLanding(self.root, SqliteJournal).recover()
        except LandingError:
            return
        self.ask("wrong", "a second process was let in")

    def _edit(self, number: int) -> None:
        for edit in self.phase.edits:
            if edit.at == number:
                self.ask("begin", edit.name, edit.style)
            if edit.at + edit.delay == number:
                self.ask("finish", edit.name)

    def _fail_after(self, step: Step, result: Any) -> None:
        try:
            self._fail(step, after=True)
        except (OSError, StoreError):
            _let_go(step, result)
            raise

    def _fail(self, step: Step, *, after: bool) -> None:
        for error in self.phase.errors:
            if error.after == after and _hits(error, step):
                if error not in self.counted:
                    self.counted.add(error)
                    self.ask("fault", "errors")
                raise _raised(error.number, step)


def _let_go(step: Step, result: Any) -> None:
    """A call that is reported as failed hands nothing out."""
    if step.name in ("open_folder", "create", "lock"):
        os.close(result)
    elif isinstance(result, SqliteJournal):
        result.close()


def _hits(error: Error, step: Step) -> bool:
    if step.number == error.at:
        return True
    if not error.lasting or step.number < error.at or not step.name.startswith(error.only):
        return False
    if error.number in FULL:
        return step.name in _NEEDS_SPACE or (step.name.startswith("journal ") and step.changes)
    return step.changes if error.number == errno.EROFS else True


def _raised(number: int, step: Step) -> Exception:
    text = os.strerror(number)
    return StoreError(text) if step.name.startswith("journal ") else OSError(number, text)


def run(root: Path, scenario: Scenario) -> Seen:
    """Play a scenario and check every promise, at once where it must hold at once, and at the end."""
    build(root, scenario.repair)
    parent = Parent(root)
    for phase in scenario.phases:
        for edit in phase.edits:
            if edit.style == "held":
                parent.owner.hold(edit.name)
    try:
        for number, phase in enumerate((*scenario.phases, Phase())):
            play_phase(root, scenario, parent, phase, lands=number == 0)
            parent.owner.close() if number == len(scenario.phases) - 1 else None
        check_end(root, scenario, parent)
    finally:
        parent.owner.close()
    return parent.seen


def play_phase(root: Path, scenario: Scenario, parent: Parent, phase: Phase, *, lands: bool) -> None:
    """One process of a scenario; the disk's model and the checks that hold at once included."""
    parent.raised = ""
    parent.seen.stopped = False
    watch = any(p.stop and p.stop.power for p in scenario.phases)
    if phase.stop:
        _fork(parent, lambda ask: _act(root, scenario, phase, ask, watch, lands=lands))
    else:
        steps = _act(root, scenario, phase, parent.answer, watch, lands=lands)
        parent.seen.steps = steps if lands else parent.seen.steps
        parent.seen.recovery = parent.seen.recovery if lands else steps
    if phase.stop and phase.stop.power:
        parent.seen.kinds["power_cuts"] += not parent.seen.stopped
        parent.disk.cut()
    if lands and not parent.seen.stopped:
        _check_at_once(root, scenario, phase, parent)


def _act(
    root: Path, scenario: Scenario, phase: Phase, ask: Callable[..., None], watch: bool, *, lands: bool
) -> list[Step]:
    injector = Injector(root, phase, scenario.exchange, ask)
    effects = WatchedEffects(injector, _PIECE, partial(ask, "disk")) if watch else Effects(injector, _PIECE)
    landing = FileLanding(root, SqliteJournal, effects=effects, token=lambda: "t")
    try:
        if lands:
            repair = scenario.repair

            def confirm() -> bool:
                ask("judged")
                return scenario.accepted

            landing.land("r", repair.original, repair.repaired, confirm)
        else:
            troubles = [done.trouble for done in landing.recover() if done.trouble]
            if troubles:
                ask("raised", f"pending {troubles[0]}")
    except (LandingError, OSError) as error:
        ask("raised", f"{type(error).__name__}: {error}")
    return injector.steps


def _fork(parent: Parent, act: Callable[[Callable[..., None]], object]) -> None:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    child = os.fork()
    if child == 0:
        here.close()
        _child(there, act)
    there.close()
    with here:
        while message := here.recv(1 << 16):
            parent.answer(*pickle.loads(message))
            here.send(b"!")
    _, status = os.waitpid(child, 0)
    parent.seen.stopped = os.WIFSIGNALED(status)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        parent.seen.wrong.append("the process crashed with a traceback")


def _child(there: socket.socket, act: Callable[[Callable[..., None]], object]) -> None:
    def ask(*message: Any) -> None:
        there.send(pickle.dumps(message))
        there.recv(1)

    code = 1
    try:
        act(ask)
        code = 0
    finally:
        os._exit(code)


def _check_at_once(root: Path, scenario: Scenario, phase: Phase, parent: Parent) -> None:
    """While the process lives: landed or not at all, unless the disk refuses everything."""
    refused = any(error.lasting and error.number not in FULL for error in phase.errors)
    unfinished = any(edit.delay for edit in phase.edits)
    if refused or unfinished or len(phase.errors) > 1:
        return
    allowed = {"base"} if parent.raised else {"new"}
    found = wrong_contents(root, scenario.repair, parent.owner, allowed)
    parent.seen.wrong += [f"at once: {wrong} ({parent.raised})" for wrong in found]
    expected = "" if scenario.accepted else Unproven.__name__
    if not phase.errors and not phase.edits and parent.raised.partition(":")[0] != expected:
        parent.seen.wrong.append(f"expected {expected or 'a landing'}, got {parent.raised}")


def check_end(root: Path, scenario: Scenario, parent: Parent) -> None:
    """After the last recovery every promise holds; what does not is added to `parent.seen.wrong`."""
    seen = parent.seen
    if parent.raised:
        seen.wrong.append(f"the last recovery failed: {parent.raised}")
    allowed = {"base", "new"} if _may_be_either(scenario) else {"new"} if seen.verified else {"base"}
    if seen.verified and not scenario.accepted:
        seen.wrong.append("a rejected repair was verified")
    if parent.owner.in_time:
        allowed = {"base"}
    seen.wrong += wrong_contents(root, scenario.repair, parent.owner, allowed)
    seen.wrong += wrong_leftovers(root)


def _may_be_either(scenario: Scenario) -> bool:
    """A commit that is reported as failed and cannot be looked up may go either way, but as a whole."""
    made = [error for phase in scenario.phases for error in phase.errors]
    return scenario.accepted and (len(made) > 1 or any(error.lasting for error in made))


def fresh(root: Path) -> Path:
    """A folder for scenarios, gone before and after."""
    shutil.rmtree(root, ignore_errors=True)
    return root
