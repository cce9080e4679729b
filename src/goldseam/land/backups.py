"""The state folder: the lock, every version of every landed file by its hash, and the displaced files."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count
from pathlib import Path

from goldseam.core.errors import LandingError
from goldseam.core.journal import Entry, Kind, State
from goldseam.core.source import sha256
from goldseam.land.effects import MISSING, Effects, Place
from goldseam.land.places import GONE, STATE_FOLDER

PART = ".part"
_BLOBS, _KEPT = "blobs", "displaced"
_IGNORE = b"*\n"
_README = b"""goldseam's state for this project: safe to read, ignored by git.

blobs/      every landed file before and after, named by its SHA-256
displaced/  the files that were exchanged away, as their editors knew them
journal.db  what landed when; put a file back by hand with the commands of
            sqlite3 .goldseam/journal.db "select * from undo"
STOP        create this file to halt all landing
"""


@dataclass(frozen=True, slots=True)
class Backups:
    """Open and locked; the descriptors live as long as the stack they were opened on."""

    effects: Effects
    path: Path
    state: int
    blobs: int
    kept: int

    def put(self, contents: Iterable[bytes]) -> None:
        """Store bytes durably, each under its SHA-256."""
        for data in contents:
            digest = sha256(data)
            if self.effects.look(self._blob(digest)) != digest:
                write_whole(self.effects, self._blob(digest), data)
        self.effects.sync_folder(self.blobs, f"{STATE_FOLDER}/{_BLOBS}")

    def get(self, digest: str) -> bytes:
        """The bytes of a digest; `LandingError` if they are missing or damaged."""
        place = self._blob(digest)
        try:
            data, _ = self.effects.read(place)
        except OSError as error:
            raise LandingError(f"the backup {place.label} cannot be read: {error.strerror}") from error
        if sha256(data) != digest:
            raise LandingError(f"the backup {place.label} is damaged: its bytes do not match its name")
        return data

    def retire(self, place: Place, name: str) -> None:
        """Move a displaced file here: an editor that still holds it open keeps writing to a file we keep."""
        if self.effects.look(place) == MISSING:
            return
        taken = set(self.effects.names(self.kept, f"{STATE_FOLDER}/{_KEPT}"))
        names = chain((name,), (f"{name}.{i}" for i in count(1)))
        free = next(n for n in names if n not in taken)
        try:
            self.effects.replace(place, self.displaced(free))
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            data, _ = self.effects.read(place)
            self.put([data])
            self.effects.unlink(place)

    def displaced(self, name: str) -> Place:
        return Place(self.kept, name, f"{STATE_FOLDER}/{_KEPT}/{name}")

    def displaced_names(self) -> list[str]:
        return sorted(self.effects.names(self.kept, f"{STATE_FOLDER}/{_KEPT}"))

    def blob_names(self) -> list[str]:
        return sorted(self.effects.names(self.blobs, f"{STATE_FOLDER}/{_BLOBS}"))

    def digest(self, name: str) -> str:
        return self.effects.look(self._blob(name))

    def sync(self) -> None:
        self.effects.sync_folder(self.kept, f"{STATE_FOLDER}/{_KEPT}")

    def sweep(self, referenced: set[str], unclaimed: Callable[[os.stat_result], bool]) -> list[str]:
        """Remove torn blobs, and blobs that no entry names and that `unclaimed` gives up; their names."""
        removed = []
        for name in self.blob_names():
            place = self._blob(name)
            torn = name.endswith(PART)
            if torn or (name not in referenced and unclaimed(self.effects.status(place))):
                self.effects.unlink(place)
                removed.append(name)
        return removed

    def forget(self, entry: Entry) -> list[str]:
        """Remove the displaced files of an entry; their names."""
        mine = [n for n in self.displaced_names() if n.partition("-")[0] == str(entry.id)]
        for name in mine:
            self.effects.unlink(self.displaced(name))
        return mine

    def _blob(self, digest: str) -> Place:
        return Place(self.blobs, digest, f"{STATE_FOLDER}/{_BLOBS}/{digest}")


def write_whole(effects: Effects, place: Place, data: bytes) -> None:
    """A file of the state folder, whole or not at all."""
    part = place.beside(place.name + PART)
    effects.discard(part)
    descriptor = effects.create(part)
    try:
        effects.write(descriptor, data, place.label)
        effects.sync(descriptor, place.label)
    finally:
        os.close(descriptor)
    effects.replace(part, place)


def open_backups(effects: Effects, root: Path, stack: ExitStack) -> Backups:
    """Open and lock the state folder below `root`; it is created if it is missing."""
    project = _kept_open(stack, effects.open_folder(str(root)))
    state = _folder(effects, stack, Place(project, STATE_FOLDER, STATE_FOLDER))
    _lock(effects, stack, state)
    blobs, kept = (
        _folder(effects, stack, Place(state, name, f"{STATE_FOLDER}/{name}")) for name in (_BLOBS, _KEPT)
    )
    for name, text in ((".gitignore", _IGNORE), ("README", _README)):
        place = Place(state, name, f"{STATE_FOLDER}/{name}")
        if effects.look(place) != sha256(text):
            write_whole(effects, place, text)
    effects.sync_folder(state, STATE_FOLDER)
    effects.sync_folder(project, str(root))
    return Backups(effects, root / STATE_FOLDER, state, blobs, kept)


def expirable(
    entries: Sequence[Entry], now: datetime, *, keep_for: timedelta, keep_count: int
) -> tuple[Entry, ...]:
    """Closed entries whose backups are too old or too many; never the last landing of a file.

    A clock that jumps ahead makes everything old, so the last backup of each file stays whatever the date.
    """
    last = {
        file.real: entry.id
        for entry in entries
        if entry.kind is Kind.LAND and entry.state is State.DONE
        for file in entry.files
    }
    closed = [e for e in entries if e.state.closed and not e.expired]
    recent = {e.id for e in closed[-keep_count:]} if keep_count > 0 else set()
    return tuple(
        entry
        for entry in closed
        if entry.id not in last.values() and (now - entry.started > keep_for or entry.id not in recent)
    )


def digests(entries: Iterable[Entry]) -> set[str]:
    """Every version that these entries may still need."""
    return {d for e in entries if not e.expired for f in e.files for d in (f.base, f.new)}


def _lock(effects: Effects, stack: ExitStack, state: int) -> None:
    place = Place(state, "lock", f"{STATE_FOLDER}/lock")
    try:
        _kept_open(stack, effects.lock(place))
    except BlockingIOError:
        data, _ = effects.read(place)
        holder = data.decode("ascii", "replace").strip() or "unknown"
        raise LandingError(
            f"another goldseam works on this tree (pid {holder}); wait for it or stop it"
        ) from None


def _folder(effects: Effects, stack: ExitStack, place: Place) -> int:
    try:
        folder = effects.open_folder(place.name, place.folder)
    except FileNotFoundError:
        effects.make_folder(place)
        folder = effects.open_folder(place.name, place.folder)
    except OSError as error:
        if error.errno not in GONE:
            raise
        raise LandingError(f"{place.label} is a link or no folder; remove it") from error
    _kept_open(stack, folder)
    status = os.fstat(folder)
    if status.st_uid != os.geteuid():
        raise LandingError(f"{place.label} belongs to user {status.st_uid}; run goldseam as that user")
    if stat.S_IMODE(status.st_mode) != 0o700:
        effects.set_mode(folder, 0o700, place.label)
    return folder


def _kept_open(stack: ExitStack, descriptor: int) -> int:
    stack.callback(os.close, descriptor)
    return descriptor
