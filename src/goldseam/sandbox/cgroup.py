"""Groups of the kernel that hold a box to its memory and number of processes exactly, where they can be had.

A group is made once for each box that runs at the same time, and used again by the next. What a box writes
lies in memory and counts with it.
"""

import errno
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PREFIX = "goldseam-"
ROOM = 4 << 20
"""For the keeper's own pages, which the group holds too."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the memory controller, open as a folder: it stays reachable behind any mount."""

    folder: int

    def limit(self, memory_bytes: int) -> None:
        """Bound all that is in the group; swap counts too where the kernel tells them apart."""
        text = str(memory_bytes + ROOM)
        both = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes")
        if _read(self.folder, both[0]).strip() == text:
            return
        # The bound with swap may never be the smaller one: which is first depends on what held before.
        for name in (*both, *reversed(both)):
            with suppress(OSError):
                _write(self.folder, name, text)
        if int(_read(self.folder, both[0])) > memory_bytes + ROOM:
            raise OSError(errno.EBUSY, "the memory of the box's group could not be bounded", "cgroup")

    def killed(self) -> int:
        """How many processes of the group were killed for its memory since it was made."""
        for line in _read(self.folder, "memory.oom_control").splitlines():
            name, _, number = line.partition(" ")
            if name == "oom_kill":
                return int(number)
        return 0


@dataclass(frozen=True, slots=True)
class Groups:
    """A folder of groups that belongs to one launcher."""

    folder: int
    parent: int
    name: str

    def enter(self) -> Group:
        """Make a group and move into it; who is forked afterwards is in it."""
        name = str(os.getpid())
        os.mkdir(name, dir_fd=self.folder)
        group = Group(os.open(name, os.O_DIRECTORY | os.O_PATH | os.O_CLOEXEC, dir_fd=self.folder))
        _write(group.folder, "cgroup.procs", "0")
        return group

    def remove(self) -> None:
        """Remove all groups as their processes end, within a second."""
        end = time.monotonic() + 1.0
        while _remove(self.parent, self.name) and time.monotonic() < end:
            time.sleep(0.02)


def prepare(own: str = "/proc/self/cgroup", root: str = "/sys/fs/cgroup/memory") -> Groups | None:
    """A folder for the launcher's groups below its own, or None where that is not allowed."""
    lines = Path(own).read_text("utf-8", "replace").splitlines()
    fields = (line.split(":", 2) for line in lines)
    mine = next((path for _, controllers, path in fields if "memory" in controllers.split(",")), None)
    if mine is None:
        return None
    try:
        parent = os.open(f"{root}{mine}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        return _made(parent)
    except OSError:
        return None


def _made(parent: int) -> Groups:
    _sweep(parent)
    name = f"{PREFIX}{os.getpid()}"
    os.mkdir(name, dir_fd=parent)
    groups = Groups(os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent), parent, name)
    try:
        Group(groups.folder).killed()
        with suppress(OSError):
            _write(groups.folder, "memory.use_hierarchy", "1")
    except OSError:
        groups.remove()
        raise
    return groups


def _sweep(parent: int) -> None:
    """Remove what launchers left that were killed."""
    for name in os.listdir(parent):
        if name.startswith(PREFIX) and not Path("/proc", name.removeprefix(PREFIX)).exists():
            _remove(parent, name)


def _remove(parent: int, name: str) -> bool:
    """Remove a folder of groups; whether something of it is still in use."""
    try:
        folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent)
    except OSError:
        return False
    try:
        for group in os.listdir(folder):  # noqa: PTH208 - by descriptor
            with suppress(OSError):
                os.rmdir(group, dir_fd=folder)
        os.rmdir(name, dir_fd=parent)
    except OSError:
        return True
    finally:
        os.close(folder)
    return False


def _write(folder: int, name: str, text: str) -> None:
    file = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(file, text.encode("ascii"))
    finally:
        os.close(file)


def _read(folder: int, name: str) -> str:
    file = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        return os.read(file, 4096).decode("ascii")
    finally:
        os.close(file)
