"""What the landing journal keeps: one entry a transaction over 1..N files, and the port to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class State(StrEnum):
    """The states of a transaction; each change is one durable commit. `VERIFIED` is the commit point."""

    PREPARED = "prepared"
    APPLIED = "applied"
    VERIFIED = "verified"
    REVERTING = "reverting"
    REVERTED = "reverted"
    CONFLICT = "conflict"
    DONE = "done"
    DONE_REVERTED = "done-reverted"
    DONE_CONFLICT = "done-conflict"

    @property
    def closed(self) -> bool:
        return self in (State.DONE, State.DONE_REVERTED, State.DONE_CONFLICT)


class Kind(StrEnum):
    """A repair that lands, or one that is taken back."""

    LAND = "land"
    REVERT = "revert"


@dataclass(frozen=True, slots=True)
class FileIntent:
    """One file of a transaction, written down before anything is done to it.

    `path` is the name that was asked for, `real` where it leads without links, both project-relative.
    `base` and `new` are SHA-256 digests; `temp` is the project-relative name beside the target that holds
    the new bytes before the exchange and the displaced file after it; `mode` is the owner's permission bits.
    """

    path: str
    real: str
    base: str
    new: str
    temp: str
    mode: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction; `started` is aware UTC; `expired` means that its backups are gone."""

    id: int
    repair_id: str
    kind: Kind
    state: State
    note: str
    started: datetime
    expired: bool
    files: tuple[FileIntent, ...]


class Journal(Protocol):
    """A durable list of transactions beside the files it guards. Every method raises `StoreError`."""

    def begin(self, repair_id: str, kind: Kind, started: datetime, files: Iterable[FileIntent]) -> int:
        """Store a new entry in state `PREPARED`; its id."""
        ...

    def move(self, entry_id: int, state: State, note: str | None = None) -> None:
        """Put an entry into another state; None keeps its note."""
        ...

    def state(self, entry_id: int) -> State:
        """The state as it is stored."""
        ...

    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first."""
        ...

    def mark_expired(self, entry_ids: Iterable[int]) -> None:
        """Note that the backups of these entries are no longer needed."""
        ...

    def problems(self) -> tuple[str, ...]:
        """What the database's own check finds wrong; empty if it is sound."""
        ...

    def close(self) -> None: ...
