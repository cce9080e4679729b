"""One turn of work on a tree: the locked state folder, its journal, and what a crash left in them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from goldseam.core.errors import LandingError, StoreError
from goldseam.core.journal import Entry, FileIntent, Journal, State
from goldseam.land.backups import Backups, digests, open_backups
from goldseam.land.effects import NO_EXCHANGE, Effects, Place
from goldseam.land.places import GONE, open_parent, require_own_name
from goldseam.land.transaction import TROUBLE, Slot, Transaction

_ORPHAN_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done about an interrupted transaction.

    `state` is `DONE` (finished), `DONE_REVERTED` (put back), `DONE_CONFLICT` (put back where the owner had
    not edited meanwhile) or an open state if `trouble` says what still stands in the way.
    """

    repair_id: str
    paths: tuple[str, ...]
    state: State
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Open and locked; its descriptors live on `stack`."""

    effects: Effects
    root: Path
    backups: Backups
    journal: Journal
    stack: ExitStack

    def entries(self) -> tuple[Entry, ...]:
        return self.effects.consult("entries", self.journal.entries)

    def transaction(self, entry_id: int, slots: list[Slot]) -> Transaction:
        return Transaction(self.effects, self.journal, self.backups, entry_id, slots)

    def recover(self) -> list[Recovered]:
        """Finish or undo every open entry, newest first."""
        opened = [entry for entry in self.entries() if not entry.state.closed]
        return [self._settle(entry) for entry in reversed(opened)]

    def require_recovered(self) -> None:
        for done in self.recover():
            if done.trouble:
                paths = ", ".join(done.paths)
                raise LandingError(f"an interrupted landing of {paths} cannot be settled: {done.trouble}")

    def sweep(self, now: datetime, orphan_age: timedelta = _ORPHAN_AGE) -> list[str]:
        """Remove torn backups and, past a certain age, those that no entry names; their names."""
        before = (now - orphan_age).timestamp()
        return self.backups.sweep(digests(self.entries()), lambda status: status.st_mtime <= before)

    def can_exchange(self) -> bool:
        """Tried with two files of the state folder."""
        probes = [Place(self.backups.state, name, name) for name in ("probe-a", "probe-b")]
        try:
            for probe in probes:
                os.close(self.effects.create(probe))
            self.effects.exchange(*probes)
        except OSError as error:
            if error.errno not in NO_EXCHANGE:
                raise
            return False
        finally:
            for probe in probes:
                self.effects.discard(probe)
        return True

    def _settle(self, entry: Entry) -> Recovered:
        paths = tuple(file.path for file in entry.files)
        try:
            return Recovered(entry.repair_id, paths, self._resume(entry))
        except TROUBLE as error:
            return Recovered(entry.repair_id, paths, entry.state, str(error))

    def _resume(self, entry: Entry) -> State:
        slots = [slot for slot in map(self._slot, range(len(entry.files)), entry.files) if slot]
        transaction = self.transaction(entry.id, slots)
        if entry.state in (State.REVERTED, State.CONFLICT):
            return transaction.close(entry.state)
        if entry.state is State.VERIFIED and not transaction.was_undone():
            transaction.finish()
            return State.DONE
        return transaction.undo(entry.note or "interrupted", complete=len(slots) == len(entry.files))

    def _slot(self, number: int, file: FileIntent) -> Slot | None:
        """None if the folder is gone. A journal that names what landing never names is not followed."""
        require_own_name(file.real, file.temp)
        try:
            return Slot(number, file, open_folder_of(self.effects, self.root, file.real, self.stack))
        except OSError as error:
            if error.errno in GONE:
                return None
            raise


def open_session(
    effects: Effects, root: Path, journal_at: Callable[[Path], Journal], stack: ExitStack
) -> Session:
    """Take the lock; the state folder is created if it is missing."""
    backups = open_backups(effects, root, stack)
    journal = effects.commit("open", lambda: journal_at(backups.path / "journal.db"))
    stack.callback(journal.close)
    return Session(effects, root, backups, journal, stack)


def open_folder_of(effects: Effects, root: Path, real: str, stack: ExitStack) -> int:
    folder = open_parent(effects, root, real)
    stack.callback(os.close, folder)
    return folder


@contextmanager
def landing_errors() -> Iterator[None]:
    """The disk's and the journal's errors as `LandingError`."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise LandingError(f"{where}{error.strerror or error}; nothing was landed") from error
    except StoreError as error:
        raise LandingError(f"{error}; nothing was landed") from error
