"""The only way to the owner's files: read, land, revert, recover, audit, expire."""

import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from goldseam.core.errors import Changed, LandingError, Paused, Refused, Unproven
from goldseam.core.journal import Entry, FileIntent, Journal, Kind, State
from goldseam.core.source import Snapshot, sha256
from goldseam.land.audit import Finding, audit
from goldseam.land.backups import expirable
from goldseam.land.effects import Effects, Place
from goldseam.land.places import GONE, STATE_FOLDER, Original, inspect, locate, require_unchanged
from goldseam.land.policy import is_protected
from goldseam.land.session import Recovered, Session, landing_errors, open_folder_of, open_session
from goldseam.land.signals import HeldSignals
from goldseam.land.transaction import TROUBLE, Slot, Transaction

FULL = "files are exchanged in one step and the displaced file is checked: an edit at any moment is kept"
WEAKER = (
    "this file system cannot exchange two files in one step: an edit that is saved by renaming in the instant"
    " between check and replacement may be lost; everything else holds"
)
UNTRIED = "not tried yet: the first landing shows whether this file system can exchange files in one step"
KEEP_FOR = timedelta(days=90)
KEEP_COUNT = 1000


@dataclass(frozen=True, slots=True)
class _Work:
    """One file to write: where it is, how it was found, what shall stand there."""

    path: str
    real: str
    folder: int
    original: Original
    data: bytes


@dataclass(frozen=True, slots=True)
class FileLanding:
    """Landing in the tree below `root`; `journal_at` opens the journal in a file.

    `protected` gives the reason why a project-relative path is never edited, or None. `token` makes the
    names of temporary files; `now` is aware UTC.
    """

    root: Path
    journal_at: Callable[[Path], Journal]
    protected: Callable[[str], str | None] = is_protected
    effects: Effects = field(default_factory=Effects)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    token: Callable[[], str] = lambda: secrets.token_hex(4)

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", self.root.resolve())

    def read(self, paths: Sequence[str]) -> Snapshot:
        """The files' bytes; `Refused` for one that could not be landed later. Writes nothing."""
        with landing_errors(), ExitStack() as stack:
            found = self._find_all(stack, dict.fromkeys(paths, b""))
            return Snapshot({work.path: work.original.data for work in found})

    def land(
        self, repair_id: str, original: Snapshot, repaired: Snapshot, confirm: Callable[[], bool]
    ) -> None:
        """Put the repaired bytes in place of the original ones, all or none.

        Landing the same repair twice is free. Raises `Changed`, `Refused`, `Unproven` or `LandingError`;
        whatever leaves `confirm` is raised again after everything was put back.
        """
        changed = _changes(original, repaired)
        with HeldSignals() as held, ExitStack() as stack:
            with landing_errors():
                self._require_not_stopped()
                if not self._has_begun():
                    self._find_unchanged(stack, original, changed)
                session = self._open_settled(stack)
                if _has_landed(session.entries(), repair_id, changed):
                    return
                work = self._find_unchanged(stack, original, changed)
                transaction = self._begin(session, repair_id, Kind.LAND, work)
            _carry_out(transaction, work, held, confirm)

    def revert(self, repair_id: str, *, force: bool = False) -> tuple[str, ...]:
        """Put back what a repair changed, all files or none; the paths written.

        `Changed` if a file was edited since, unless `force`: then its newer bytes become a backup.
        """
        if not self._has_begun():
            raise LandingError(f"nothing has landed below {self.root} yet")
        with HeldSignals() as held, ExitStack() as stack:
            with landing_errors():
                session = self._open_settled(stack)
                entry = _landed_entry(session.entries(), repair_id)
                work = [w for w in (self._taken_back(session, f, force) for f in entry.files) if w]
                transaction = self._begin(session, repair_id, Kind.REVERT, work)
            _carry_out(transaction, work, held, lambda: True)
            return tuple(item.path for item in work)

    def recover(self) -> list[Recovered]:
        """Finish or undo what a crash interrupted; what was done. Call it at start-up."""
        if not self._has_begun():
            return []
        with HeldSignals(), ExitStack() as stack, landing_errors():
            session = self._open(stack)
            done = session.recover()
            session.sweep(self.now())
            return done

    def audit(self) -> tuple[Finding, ...]:
        """Files, journal and backups against each other, faults first."""
        if not self._has_begun():
            return ()
        with ExitStack() as stack, landing_errors():
            session = self._open(stack)
            problems = session.journal.problems()
            return audit(self.effects, self.root, session.backups, session.entries(), problems)

    def expire(self, keep_for: timedelta = KEEP_FOR, keep_count: int = KEEP_COUNT) -> list[str]:
        """Drop backups by age and by count, never the last one of a file; what was removed."""
        if not self._has_begun():
            return []
        with HeldSignals(), ExitStack() as stack, landing_errors():
            session = self._open(stack)
            old = expirable(session.entries(), self.now(), keep_for=keep_for, keep_count=keep_count)
            self.effects.commit("expire", lambda: session.journal.mark_expired(e.id for e in old))
            removed = [name for entry in old for name in session.backups.forget(entry)]
            return removed + session.sweep(self.now(), timedelta(0))

    def guarantee(self) -> str:
        """What landing promises on this file system, in a sentence."""
        if not self._has_begun():
            return UNTRIED
        with ExitStack() as stack, landing_errors():
            return FULL if self._open(stack).can_exchange() else WEAKER

    def _has_begun(self) -> bool:
        return (self.root / STATE_FOLDER / "lock").exists()

    def _require_not_stopped(self) -> None:
        stop = self.root / STATE_FOLDER / "STOP"
        if os.path.lexists(stop):
            raise Paused(f"landing is halted by {stop}; delete it to allow landing again")

    def _open(self, stack: ExitStack) -> Session:
        return open_session(self.effects, self.root, self.journal_at, stack)

    def _open_settled(self, stack: ExitStack) -> Session:
        session = self._open(stack)
        session.require_recovered()
        return session

    def _find_unchanged(self, stack: ExitStack, original: Snapshot, changed: dict[str, bytes]) -> list[_Work]:
        gone = [path for path in changed if not os.path.lexists(self.root / path)]
        if gone:
            raise Changed(f"{gone[0]} was moved or deleted after it was read; run goldseam again")
        found = self._find_all(stack, changed)
        for item in found:
            require_unchanged(item.path, item.original, original.files[item.path])
        return found

    def _find_all(self, stack: ExitStack, contents: dict[str, bytes]) -> list[_Work]:
        found = [self._find(stack, path, data) for path, data in contents.items()]
        first: dict[str, str] = {}
        for item in found:
            if first.setdefault(item.real, item.path) != item.path:
                raise Refused(f"{item.path} and {first[item.real]} are the same file; name it once")
        return found

    def _find(self, stack: ExitStack, path: str, data: bytes) -> _Work:
        real = locate(self.root, path)
        for name in (path, real):
            reason = self.protected(name)
            if reason:
                raise Refused(f"{path} is never edited: {reason}")
        return self._found(stack, path, real, data)

    def _found(self, stack: ExitStack, path: str, real: str, data: bytes) -> _Work:
        try:
            folder = open_folder_of(self.effects, self.root, real, stack)
        except OSError as error:
            if error.errno in GONE:
                raise Changed(f"the folder of {path} was moved or removed; run goldseam again") from error
            raise
        place = Place(folder, real.rpartition("/")[2], path)
        return _Work(path, real, folder, inspect(self.effects, place), data)

    def _taken_back(self, session: Session, file: FileIntent, force: bool) -> _Work | None:
        data = session.backups.get(file.base)
        try:
            work = self._found(session.stack, file.path, file.real, data)
        except Refused as error:
            where = f"{STATE_FOLDER}/blobs/{file.base}"
            raise Refused(f"{error}; its bytes before the repair are in {where}") from error
        now = sha256(work.original.data)
        if now == file.base:
            return None
        if now != file.new and not force:
            raise Changed(f"{file.path} was edited after the repair landed; --force puts the old bytes back")
        return work

    def _begin(self, session: Session, repair_id: str, kind: Kind, work: Sequence[_Work]) -> Transaction:
        token, started = self.token(), self.now()
        session.backups.put(data for item in work for data in (item.original.data, item.data))
        files = [_intent(item, token, number) for number, item in enumerate(work)]
        entry_id = self.effects.commit(
            State.PREPARED.value, lambda: session.journal.begin(repair_id, kind, started, files)
        )
        slots = [Slot(n, file, work[n].folder) for n, file in enumerate(files)]
        return session.transaction(entry_id, slots)


def _carry_out(
    transaction: Transaction, work: Sequence[_Work], held: HeldSignals, confirm: Callable[[], bool]
) -> None:
    try:
        with landing_errors():
            transaction.apply(item.original for item in work)
        with held.allowed():
            proven = confirm()
        if not proven:
            raise Unproven("the oracle rejected the files as they were landed; they are as they were")
        with landing_errors():
            transaction.commit()
    except BaseException as error:
        if not transaction.is_verified():
            _take_back(transaction, error)
            raise
    with suppress(*TROUBLE):
        transaction.finish()


def _take_back(transaction: Transaction, error: BaseException) -> None:
    try:
        transaction.undo(f"{type(error).__name__}: {error}")
    except TROUBLE as trouble:
        advice = f"putting files back is not complete: {trouble}; it is taken up again at the next start"
        if isinstance(error, Exception):
            raise LandingError(f"{error}; {advice}") from error
        error.add_note(advice)


def _changes(original: Snapshot, repaired: Snapshot) -> dict[str, bytes]:
    unknown = sorted(set(repaired.files) - set(original.files))
    if unknown:
        raise Refused(f"{unknown[0]} was not read before; a repair creates no files")
    return repaired.changed_since(original)


def _has_landed(entries: Sequence[Entry], repair_id: str, changed: dict[str, bytes]) -> bool:
    done = [e for e in entries if e.repair_id == repair_id and e.state is State.DONE]
    if not done:
        return False
    if done[-1].kind is Kind.REVERT:
        raise LandingError(f"repair {repair_id} has landed and was reverted; it does not land again")
    if {f.path: f.new for f in done[-1].files} != {path: sha256(data) for path, data in changed.items()}:
        raise LandingError(f"another repair has landed under the id {repair_id}")
    return True


def _landed_entry(entries: Sequence[Entry], repair_id: str) -> Entry:
    done = [e for e in entries if e.repair_id == repair_id and e.state is State.DONE]
    if not done:
        raise LandingError(f"no repair {repair_id} has landed here; `goldseam history` lists them")
    if done[-1].kind is Kind.REVERT:
        raise LandingError(f"repair {repair_id} was reverted already")
    if done[-1].expired:
        raise LandingError(f"the backups of repair {repair_id} have expired")
    return done[-1]


def _intent(item: _Work, token: str, number: int) -> FileIntent:
    folder = item.real.rpartition("/")[0]
    name = f"{STATE_FOLDER}-{token}-{number}.tmp"
    temp = f"{folder}/{name}" if folder else name
    base, new = sha256(item.original.data), sha256(item.data)
    return FileIntent(item.path, item.real, base, new, temp, item.original.mode)
