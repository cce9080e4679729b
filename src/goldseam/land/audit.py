"""Files, journal and backups checked against each other; changes nothing."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from goldseam.core.journal import Entry, FileIntent, State
from goldseam.land.backups import PART, Backups, digests
from goldseam.land.effects import MISSING, Effects, Place
from goldseam.land.places import GONE, STATE_FOLDER, open_parent


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at `path`, and what mends it; `is_fault` is False for what is only worth knowing."""

    path: str
    message: str
    mend: str
    is_fault: bool = True


def audit(
    effects: Effects, root: Path, backups: Backups, entries: Sequence[Entry], problems: Sequence[str]
) -> tuple[Finding, ...]:
    """Everything that does not fit, faults first."""
    found = [
        *_journal(entries, problems),
        *_blobs(backups, entries),
        *_displaced(backups, entries),
        *_leftovers(effects, root, entries),
        *_files(effects, root, entries),
        *_stop(root),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.is_fault))


def _journal(entries: Sequence[Entry], problems: Sequence[str]) -> Iterator[Finding]:
    place = f"{STATE_FOLDER}/journal.db"
    for problem in problems:
        yield Finding(place, f"the journal is damaged: {problem}", "move it away; the backups stay")
    for entry in entries:
        if not entry.state.closed:
            names = ", ".join(file.path for file in entry.files)
            message = f"{entry.kind} of {entry.repair_id} over {names} was interrupted ({entry.state})"
            yield Finding(place, message, "run any goldseam command that lands; it settles this first")


def _blobs(backups: Backups, entries: Sequence[Entry]) -> Iterator[Finding]:
    needed = digests(entries)
    present = set(backups.blob_names())
    for digest in sorted(needed):
        seen = backups.digest(digest)
        if seen == digest:
            continue
        what = "is missing" if seen == MISSING else "is damaged"
        message = f"a backup {what}; the repairs that need it cannot be taken back"
        yield Finding(f"{STATE_FOLDER}/blobs/{digest}", message, "restore it from a backup of the project")
    for name in sorted(present - needed):
        message = "a torn backup" if name.endswith(PART) else "a backup that no landing names"
        yield Finding(f"{STATE_FOLDER}/blobs/{name}", message, "nothing; it is swept after a day", False)


def _displaced(backups: Backups, entries: Sequence[Entry]) -> Iterator[Finding]:
    known = {str(entry.id): {d for f in entry.files for d in (f.base, f.new)} for entry in entries}
    for name in backups.displaced_names():
        place = backups.displaced(name)
        expected = known.get(name.partition("-")[0])
        if expected is None or backups.effects.look(place) not in expected:
            message = "was written to by an editor that still held the old file when a repair landed"
            yield Finding(place.label, message, "compare it with the file and keep what you need", False)


def _leftovers(effects: Effects, root: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        if not entry.state.closed:
            continue
        for file in entry.files:
            for suffix in ("", PART, ".aside"):
                if _look(effects, root, file.temp + suffix) != MISSING:
                    yield Finding(file.temp + suffix, "a temporary file was left behind", "delete it")


def _files(effects: Effects, root: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry, file in _last_writes(entries):
        seen = _look(effects, root, file.real)
        if seen != file.new:
            message = "is gone" if seen == MISSING else "was edited"
            yield Finding(
                file.path, f"{message} since {entry.repair_id} was written", "nothing; this is yours", False
            )


def _stop(root: Path) -> Iterator[Finding]:
    place = f"{STATE_FOLDER}/STOP"
    if os.path.lexists(root / place):
        yield Finding(place, "landing is halted", f"delete {place} to allow it again", False)


def _last_writes(entries: Sequence[Entry]) -> Iterator[tuple[Entry, FileIntent]]:
    last: dict[str, tuple[Entry, FileIntent]] = {}
    for entry in entries:
        if entry.state is State.DONE:
            last.update({file.real: (entry, file) for file in entry.files})
    yield from last.values()


def _look(effects: Effects, root: Path, real: str) -> str:
    try:
        folder = open_parent(effects, root, real)
    except OSError as error:
        if error.errno in GONE:
            return MISSING
        raise
    try:
        return effects.look(Place(folder, PurePosixPath(real).name, real))
    finally:
        os.close(folder)
