"""A small project, its owner who edits at bad moments, and the checker of what landing promises."""

import os
import random
import shutil
import stat
from dataclasses import dataclass, field
from pathlib import Path

from goldseam.core.journal import State
from goldseam.core.source import Snapshot, sha256
from goldseam.land.backups import digests
from goldseam.store.journal import SqliteJournal

STYLES = ("in place", "rename", "vim", "delete", "held", "late")
"""How editors save: in place, by renaming, by renaming the old file away first; deletion; and in place
through a descriptor opened before landing or during it."""

KEPT_STYLES = ("held", "late")
"""Styles whose bytes may end up in a file that we keep instead of at the path."""


@dataclass(frozen=True, slots=True)
class Repair:
    """The files of a repair before and after, and the metadata that must stay."""

    base: dict[str, bytes]
    new: dict[str, bytes]
    modes: dict[str, int]

    @property
    def original(self) -> Snapshot:
        return Snapshot(self.base)

    @property
    def repaired(self) -> Snapshot:
        return Snapshot(self.new)


def plain_repair(count: int) -> Repair:
    """The same small repair every time, over two folders."""
    names = [f"d{i % 2}/f{'o' * i}.py" for i in range(count)]
    base = {name: f"# {name}\r\nprint('old')\r\n{'x = 1' * 9}".encode() for name in names}
    new = {name: data.replace(b"old", b"new") + b"# \xef\xbb\xbf" for name, data in base.items()}
    return Repair(base, new, {name: 0o640 if i % 2 else 0o755 for i, name in enumerate(names)})


def random_repair(rng: random.Random) -> Repair:
    """One to five files of random bytes, sizes, folders and modes."""
    names = [
        f"{rng.choice(('', 'a/', 'b/', 'a/c/'))}{rng.choice('xyz')}{i}.py" for i in range(rng.randint(1, 5))
    ]
    base = {name: rng.randbytes(rng.choice((0, 1, 60, 300))) for name in names}
    new = {name: _edited(rng, data) for name, data in base.items()}
    return Repair(base, new, {name: rng.choice((0o600, 0o644, 0o640, 0o755, 0o666)) for name in names})


def _edited(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    new = data[:at] + rng.randbytes(rng.choice((1, 5, 200))) + data[rng.randint(at, len(data)) :]
    return new if new != data else new + b"N"


def build(root: Path, repair: Repair) -> None:
    """The project as its owner left it."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for name, data in repair.base.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(repair.modes[name])
        os.setxattr(path, "user.mark", name.encode())
        os.chown(path, *owner_of(name))


def owner_of(name: str) -> tuple[int, int]:
    """User and group of a file: root's tests own every other file as somebody else."""
    foreign = os.geteuid() == 0 and len(name) % 2
    return (4242, 4343) if foreign else (os.geteuid(), os.getegid())


@dataclass(slots=True)
class Owner:
    """Edits one or more files, each once and in two halves, at moments that somebody else chooses.

    `in_time` are the files saved before the oracle had judged: there the owner's bytes must be at the path.
    """

    root: Path
    wrote: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    in_time: set[str] = field(default_factory=set)
    _open: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, str] = field(default_factory=dict)

    def hold(self, name: str) -> None:
        """Open a file as an editor does that keeps it open."""
        self._open[name] = os.open(self.root / name, os.O_RDWR)

    def begin(self, name: str, style: str) -> None:
        """The first half of a save."""
        path, text = self.root / name, b"the owner's own " + name.encode() + b"\n"
        self.wrote[name] = (style, b"" if style == "delete" else text)
        self._waiting[name] = style
        match style:
            case "in place":
                self.hold(name)
                os.ftruncate(self._open[name], 0)
            case "rename":
                self._beside(path).write_bytes(text)
            case "vim":
                path.rename(self._beside(path))
            case "delete":
                path.unlink()
            case "late":
                self.hold(name)
            case "held":
                os.ftruncate(self._open[name], 0)

    def finish(self, name: str) -> None:
        """The second half of it; doing it again does nothing."""
        style = self._waiting.pop(name, None)
        path = self.root / name
        match style:
            case "in place" | "late" | "held":
                os.ftruncate(self._open[name], 0)
                os.pwrite(self._open[name], self.wrote[name][1], 0)
            case "rename":
                self._beside(path).replace(path)
            case "vim":
                path.write_bytes(self.wrote[name][1])
                self._beside(path).unlink()

    def judged(self) -> None:
        """The oracle has said its word."""
        self.in_time = {name for name in self.wrote if name not in self._waiting}

    def close(self) -> None:
        """Finish what was begun, let go of every file."""
        for name in list(self._waiting):
            self.finish(name)
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    @staticmethod
    def _beside(path: Path) -> Path:
        return path.with_name(path.name + "~")


def side(root: Path, repair: Repair, name: str) -> str:
    """`base`, `new`, `gone` or `torn`."""
    try:
        data = (root / name).read_bytes()
    except FileNotFoundError:
        return "gone"
    return "base" if data == repair.base[name] else "new" if data == repair.new[name] else "torn"


def wrong_contents(root: Path, repair: Repair, owner: Owner, allowed: set[str]) -> list[str]:
    """What landing's promises forbid about the bytes at the paths; `allowed` are the sides that may be."""
    untouched = [name for name in repair.base if name not in owner.wrote]
    sides = {name: side(root, repair, name) for name in untouched}
    wrong = [f"{name} is {seen}, not {allowed}" for name, seen in sides.items() if seen not in allowed]
    if len(set(sides.values())) > 1:
        wrong.append(f"mixed: {sides}")
    wrong += [f"{name}: the owner's edit ({owner.wrote[name][0]}) is lost" for name in _lost(root, owner)]
    there = [name for name in untouched if sides[name] != "gone"]
    return wrong + [f"{name}: {fault}" for name in there for fault in _metadata(root / name, repair, name)]


def wrong_leftovers(root: Path) -> list[str]:
    """Names of ours beside the owner's files, damaged backups, entries of the journal that are still open."""
    wrong = [
        f"left over: {path.relative_to(root)}"
        for path in root.rglob("*")
        if path.name.startswith(".goldseam-") or path.name.endswith(".part")
    ]
    journal = root / ".goldseam" / "journal.db"
    if journal.exists():
        opened = SqliteJournal(journal)
        entries = opened.entries()
        opened.close()
        wrong += [f"open: {e.state}" for e in entries if not State(e.state).closed]
        wrong += [f"backup {d} is damaged" for d in digests(entries) if not _is_whole(root, d)]
    return wrong


def _is_whole(root: Path, digest: str) -> bool:
    blob = root / ".goldseam" / "blobs" / digest
    return blob.exists() and sha256(blob.read_bytes()) == digest


def _lost(root: Path, owner: Owner) -> list[str]:
    return [name for name in owner.wrote if not _is_kept(root, owner, name)]


def _is_kept(root: Path, owner: Owner, name: str) -> bool:
    (style, text), path = owner.wrote[name], root / name
    if style == "delete":
        return not path.exists()
    if path.exists() and path.read_bytes() == text:
        return True
    kept = root / ".goldseam" / "displaced"
    late = style in KEPT_STYLES and name not in owner.in_time
    return late and any(p.read_bytes() == text for p in kept.glob("*"))


def _metadata(path: Path, repair: Repair, name: str) -> list[str]:
    status = path.stat()
    wrong = []
    if stat.S_IMODE(status.st_mode) != repair.modes[name]:
        wrong.append(f"mode {stat.S_IMODE(status.st_mode):o}")
    if (status.st_uid, status.st_gid) != owner_of(name):
        wrong.append("owner")
    if "user.mark" not in os.listxattr(path) or os.getxattr(path, "user.mark") != name.encode():
        wrong.append("extended attribute")
    return wrong
