"""A strict model of a disk that loses power: what was not synced is gone.

Data of a file that was not synced since it was written is lost. A change of names is durable when every
folder that it touches was synced after it; until then it is taken back, newest first. This is stricter than
any journaling file system, so it sees a missing sync that ext4 happens to hide. SQLite keeps its own promises
and syncs the state folder with each commit.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from goldseam.land.effects import Around, Effects, Place

T = TypeVar("T")
Tell = Callable[..., None]
Undo = tuple[str, str, str]


class Disk:
    """What a power cut would take away from the tree below `root`."""

    def __init__(self, root: Path) -> None:
        self._grave = root.with_name(root.name + ".grave")
        shutil.rmtree(self._grave, ignore_errors=True)
        self._state = str(root / ".goldseam")
        self._buried = 0
        self._changes: list[tuple[Undo, set[str]]] = []
        self._unsynced: set[str] = set()

    def wrote(self, path: str) -> None:
        self._unsynced.add(path)

    def synced(self, path: str) -> None:
        self._unsynced.discard(path)
        for _, folders in self._changes:
            folders.discard(path)
        self._changes = [change for change in self._changes if change[1]]

    def committed(self) -> None:
        self.synced(self._state)

    def changed(self, what: str, source: str, target: str) -> None:
        folders = {str(Path(source).parent), str(Path(target).parent)}
        self._changes.append(((what, source, target), folders))
        if what == "rename" and source in self._unsynced:
            self._unsynced.remove(source)
            self._unsynced.add(target)

    def bury(self, path: str) -> None:
        """A file that is about to lose its name; it gets it back if the change is taken back."""
        if os.path.lexists(path):
            kept = str(self._next_grave())
            os.link(path, kept)
            self._changes.append((("unlink", kept, path), {str(Path(path).parent)}))

    def cut(self) -> None:
        """The power is gone."""
        for path in self._unsynced:
            with suppress(FileNotFoundError):
                os.truncate(path, Path(path).stat().st_size // 2)
        for undo, _ in reversed(self._changes):
            with suppress(FileNotFoundError):
                self._take_back(*undo)
        self._changes.clear()
        self._unsynced.clear()

    def _next_grave(self) -> Path:
        self._grave.mkdir(exist_ok=True)
        self._buried += 1
        return self._grave / str(self._buried)

    def _take_back(self, what: str, source: str, target: str) -> None:
        match what:
            case "create":
                Path(target).unlink()
            case "mkdir":
                Path(target).rename(self._next_grave())
            case "rename":
                Path(target).rename(source)
            case "unlink":
                Path(source).rename(target)
            case "exchange":
                spare = target + ".spare"
                for old, new in ((source, spare), (target, source), (spare, target)):
                    Path(old).rename(new)


class WatchedEffects(Effects):
    """Effects that tell a `Disk`, which may live in another process, what became durable and what did not."""

    def __init__(self, around: Around, piece: int, tell: Tell) -> None:
        super().__init__(around, piece)
        self._tell = tell

    def create(self, place: Place) -> int:
        descriptor = super().create(place)
        self._tell("changed", "create", _path(place), _path(place))
        return descriptor

    def make_folder(self, place: Place) -> None:
        super().make_folder(place)
        self._tell("changed", "mkdir", _path(place), _path(place))

    def write(self, descriptor: int, data: bytes, label: str) -> None:
        if data:
            self._tell("wrote", _open_path(descriptor))
        super().write(descriptor, data, label)

    def sync(self, descriptor: int, label: str) -> None:
        super().sync(descriptor, label)
        self._tell("synced", _open_path(descriptor))

    def sync_folder(self, folder: int, label: str) -> None:
        super().sync_folder(folder, label)
        self._tell("synced", _open_path(folder))

    def replace(self, source: Place, target: Place) -> None:
        self._tell("bury", _path(target))
        super().replace(source, target)
        self._tell("changed", "rename", _path(source), _path(target))

    def unlink(self, place: Place) -> None:
        self._tell("bury", _path(place))
        super().unlink(place)

    def link(self, source: Place, target: Place) -> None:
        super().link(source, target)
        self._tell("changed", "create", _path(target), _path(target))

    def exchange(self, left: Place, right: Place) -> None:
        super().exchange(left, right)
        self._tell("changed", "exchange", _path(left), _path(right))

    def commit(self, name: str, action: Callable[[], T]) -> T:
        result = super().commit(name, action)
        self._tell("committed")
        return result


def _path(place: Place) -> str:
    return f"{_open_path(place.folder)}/{place.name}"


def _open_path(descriptor: int) -> str:
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())
