"""One repair over 1..N files as a transaction: all files or none, and the owner's newer edit wins.

Each file has four names in its folder, known from the journal before the first is made: the target; `part`,
which may be torn; `temp`, which is always whole; and `aside`, used only where two files cannot be exchanged
in one step. `temp` holds the new bytes until the exchange and the displaced file after it. So at any moment
target and temp alone tell how far a file is:

    target   temp           the exchange was
    base     missing, new   not made, or taken back
    new      base           made
    new      anything else  made, and the owner wrote into the displaced file: those bytes win
    new      new            not made: the owner wrote the same bytes
    new      missing        made, and somebody removed the temp: the backup takes its place
    other    any            overtaken by the owner: the target stays

Before `VERIFIED` is durable everything is undone, afterwards everything is finished; both can be repeated
after a crash at any step. Undoing settles the files first and the journal second, and needs no disk space.
"""

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from goldseam.core.errors import Changed, LandingError, StoreError
from goldseam.core.journal import FileIntent, Journal, State
from goldseam.land.backups import PART, Backups
from goldseam.land.effects import MISSING, NO_EXCHANGE, Effects, Place
from goldseam.land.places import Original

T = TypeVar("T")

TROUBLE = (OSError, StoreError, LandingError)
"""What a step may raise: the disk, the journal, a damaged backup."""

_ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class Slot:
    """The `number`th file of a transaction and the open folder that holds it."""

    number: int
    intent: FileIntent
    folder: int

    @property
    def target(self) -> Place:
        return Place(self.folder, self.intent.real.rpartition("/")[2], self.intent.path)

    @property
    def temp(self) -> Place:
        return self.target.beside(self.intent.temp.rpartition("/")[2])

    @property
    def part(self) -> Place:
        return self.temp.beside(self.temp.name + PART)

    @property
    def aside(self) -> Place:
        return self.temp.beside(self.temp.name + _ASIDE)


class Transaction:
    """The steps over an entry that is already in the journal."""

    def __init__(
        self, effects: Effects, journal: Journal, backups: Backups, entry_id: int, slots: Sequence[Slot]
    ) -> None:
        self._effects = effects
        self._journal = journal
        self._backups = backups
        self._id = entry_id
        self._slots = tuple(slots)

    def apply(self, originals: Iterable[Original]) -> None:
        """Put the new files in place; raises `Changed` as soon as one is not what it was."""
        for slot, original in zip(self._slots, originals, strict=True):
            self._stage(slot, slot.intent.new, original)
        for slot in self._slots:
            self._swap_in(slot)
        self._sync_folders()
        self._move(State.APPLIED)

    def commit(self) -> None:
        """The commit point; raises `Changed` if the owner wrote into any of the files meanwhile."""
        for slot in self._slots:
            self._require_ours(slot)
        self._move(State.VERIFIED)

    def is_verified(self) -> bool:
        """What the journal durably says, also after a commit that failed."""
        try:
            return _twice(self._stored_state) is State.VERIFIED
        except TROUBLE:
            return False

    def finish(self) -> None:
        """After the commit point: keep the displaced files, close the entry."""
        self._retire()
        self._move(State.DONE)

    def was_undone(self) -> bool:
        """Whether a file of a verified entry was put back: its commit was reported as failed."""
        return any(self._given_back(slot) for slot in self._slots)

    def undo(self, note: str, *, complete: bool = True) -> State:
        """Put every file back that the owner has not overtaken, then close the entry.

        `complete` is False if a file's folder is gone. Files first, journal second; raises the first
        trouble, after having tried everything, and leaves the entry open then.
        """
        _troubles([lambda: self._move(State.REVERTING, note)])
        back: list[bool] = []
        restores = [self._restorer(slot, back) for slot in reversed(self._slots)]
        troubles = _troubles([*restores, self._sync_folders])
        if troubles:
            raise troubles[0]
        settled = State.REVERTED if complete and all(back) else State.CONFLICT
        _twice(lambda: self._move(settled))
        return self.close(settled)

    def close(self, settled: State) -> State:
        """Clean up after files that are settled; the entry's last state."""
        closed = State.DONE_REVERTED if settled is State.REVERTED else State.DONE_CONFLICT
        _twice(self._retire)
        _twice(lambda: self._move(closed))
        return closed

    def _stage(self, slot: Slot, digest: str, like: Original) -> None:
        """The bytes of `digest` under the temp name, whole and durable, with the owner's metadata."""
        effects, part = self._effects, slot.part
        data = self._backups.get(digest)
        effects.discard(part)
        descriptor = effects.create(part)
        try:
            effects.write(descriptor, data, part.label)
            self._dress(part, descriptor, like)
            effects.sync(descriptor, part.label)
        finally:
            os.close(descriptor)
        effects.replace(part, slot.temp)

    def _dress(self, part: Place, descriptor: int, like: Original) -> None:
        """Owner first, for it clears mode bits; what the folder handed down by itself goes."""
        effects, label = self._effects, part.label
        user, group = like.status.st_uid, like.status.st_gid
        made = os.fstat(descriptor)
        if (user, group) != (made.st_uid, made.st_gid):
            effects.set_owner(descriptor, user, group, label)
        inherited = effects.xattrs(part)
        for name in inherited.keys() - like.xattrs.keys():
            effects.remove_xattr(descriptor, name, label)
        for name, value in like.xattrs.items():
            if inherited.get(name) != value:
                effects.set_xattr(descriptor, name, value, label)
        effects.set_mode(descriptor, like.mode, label)

    def _swap_in(self, slot: Slot) -> None:
        path = slot.intent.path
        try:
            ours = self._displace(slot, slot.intent.new, slot.intent.base)
        except FileNotFoundError:
            if self._effects.look(slot.target) != MISSING:
                raise
            raise Changed(f"{path} was deleted while the repair was landing; it stays deleted") from None
        if not ours or self._mode(slot.temp) != slot.intent.mode:
            raise _changed(path)

    def _require_ours(self, slot: Slot) -> None:
        intent = slot.intent
        if (
            self._effects.look(slot.target) != intent.new
            or self._effects.look(slot.temp) != intent.base
            or self._mode(slot.temp) != intent.mode
        ):
            raise _changed(intent.path)

    def _displace(self, slot: Slot, placing: str, expected: str) -> bool:
        """Exchange temp and target. True if `expected` came out; else what came out was put back.

        The owner may save again while it is put back; then that save goes in, until nothing new comes out.
        """
        self._exchange(slot, expected)
        placed, came = placing, self._effects.look(slot.temp)
        if came == expected:
            return True
        while True:
            self._exchange(slot, placed)
            placed, put_in = came, placed
            came = self._effects.look(slot.temp)
            if came == put_in:
                return False

    def _exchange(self, slot: Slot, expected: str) -> None:
        try:
            self._effects.exchange(slot.temp, slot.target)
        except OSError as error:
            if error.errno not in NO_EXCHANGE:
                raise
            self._exchange_by_link(slot, expected)

    def _exchange_by_link(self, slot: Slot, expected: str) -> None:
        """Weaker: a save by rename between the look and the replacement would be lost."""
        self._effects.link(slot.target, slot.aside)
        if self._effects.look(slot.target) != expected:
            self._effects.unlink(slot.aside)
            raise _changed(slot.intent.path)
        self._effects.replace(slot.temp, slot.target)
        self._effects.replace(slot.aside, slot.temp)

    def _restorer(self, slot: Slot, back: list[bool]) -> Callable[[], None]:
        return lambda: back.append(self._restore(slot))

    def _restore(self, slot: Slot) -> bool:
        """Put the base back if the target holds our bytes; False if the owner's stay."""
        self._adopt_aside(slot)
        here = self._effects.look(slot.target)
        if here != slot.intent.new:
            return here == slot.intent.base
        under = self._effects.glance(slot.temp)
        if under == slot.intent.new:
            return False
        if under == MISSING:
            self._stage_backup(slot)
            under = slot.intent.base
        self._follow_mode(slot)
        return self._give_back(slot, under)

    def _give_back(self, slot: Slot, under: str) -> bool:
        try:
            self._displace(slot, under, slot.intent.new)
        except (FileNotFoundError, Changed):
            return False
        return self._effects.look(slot.target) == slot.intent.base

    def _stage_backup(self, slot: Slot) -> None:
        data, status = self._effects.read(slot.target)
        self._stage(slot, slot.intent.base, Original(data, status, self._effects.xattrs(slot.target)))

    def _follow_mode(self, slot: Slot) -> None:
        """A mode that the owner gave to the landed file goes to the one that comes back."""
        mode = self._mode(slot.target)
        if mode != slot.intent.mode and self._mode(slot.temp) == slot.intent.mode:
            self._effects.set_mode_of(slot.temp, mode)

    def _adopt_aside(self, slot: Slot) -> None:
        """Finish the third step of an exchange by link, or take back its first."""
        if self._effects.look(slot.aside) == MISSING:
            return
        if self._effects.look(slot.temp) == MISSING:
            self._effects.replace(slot.aside, slot.temp)
        elif self._is_same(slot.aside, slot.target):
            self._effects.unlink(slot.aside)
        else:
            self._backups.retire(slot.aside, f"{self._id}-aside")

    def _is_same(self, left: Place, right: Place) -> bool:
        try:
            return os.path.samestat(self._effects.status(left), self._effects.status(right))
        except FileNotFoundError:
            return False

    def _given_back(self, slot: Slot) -> bool:
        if self._effects.look(slot.target) != slot.intent.base:
            return False
        under = self._effects.look(slot.temp)
        kept = any(n.partition(".")[0] == self._kept_name(slot) for n in self._backups.displaced_names())
        return under == slot.intent.new or (under == MISSING and not kept)

    def _retire(self) -> None:
        """Leave no name of ours beside the owner's files."""
        for slot in self._slots:
            self._effects.discard(slot.part)
            self._adopt_aside(slot)
            self._backups.retire(slot.temp, self._kept_name(slot))
        self._backups.sync()
        self._sync_folders()

    def _kept_name(self, slot: Slot) -> str:
        return f"{self._id}-{slot.number}"

    def _sync_folders(self) -> None:
        synced: set[tuple[int, int]] = set()
        for slot in self._slots:
            status = os.fstat(slot.folder)
            key = (status.st_dev, status.st_ino)
            if key not in synced:
                self._effects.sync_folder(slot.folder, slot.intent.path)
                synced.add(key)

    def _mode(self, place: Place) -> int:
        return stat.S_IMODE(self._effects.status(place).st_mode)

    def _stored_state(self) -> State:
        return self._effects.consult("state", lambda: self._journal.state(self._id))

    def _move(self, state: State, note: str | None = None) -> None:
        self._effects.commit(state.value, lambda: self._journal.move(self._id, state, note))


def _twice(step: Callable[[], T]) -> T:
    """A step that can be repeated, once more after a passing error."""
    try:
        return step()
    except TROUBLE:
        return step()


def _troubles(steps: Iterable[Callable[[], None]]) -> list[Exception]:
    """Try every step; what went wrong."""
    troubles: list[Exception] = []
    for step in steps:
        try:
            _twice(step)
        except TROUBLE as error:
            troubles.append(error)
    return troubles


def _changed(path: str) -> Changed:
    return Changed(f"{path} was edited while the repair was landing; the edit stays, run goldseam again")
