"""The files of one box: its copy of the project with a candidate laid over it, /tmp, the report's folder."""

import hashlib
import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldseam.sandbox import kernel, wire
from goldseam.sandbox.stage import Stage, copy_project, mount_overlay, mount_scratch


class Layout:
    """`laid` maps what was laid over the project to its digest, `copied` the files of a real copy to their
    state."""

    def __init__(self, stage: Stage, order: dict[str, Any], box: str) -> None:
        self.stage, self.order, self.box = stage, order, box
        self.laid: dict[str, str] = {}
        self.copied: dict[str, tuple[int, int]] = {}
        self._bytes = self._files = 0

    @property
    def project(self) -> str:
        return f"{self.box}/project"

    def place(self, line: socket.socket) -> None:
        """Lay everything out; the bytes of a candidate come over `line`."""
        order, stage = self.order, self.stage
        if stage.mounts:
            kernel.unshare(kernel.CLONE_NEWNS)
            mount_scratch(self.box, order["disk_bytes"], order["files"])
        else:
            Path(self.box).mkdir(mode=0o711 if os.geteuid() == 0 else 0o700)
        for name, mode in (("tmp", 0o1777), ("shm", 0o1777), ("report", 0o700), ("home", 0o700)):
            Path(self.box, name).mkdir()
            Path(self.box, name).chmod(mode)
            if os.geteuid() == 0:
                os.chown(f"{self.box}/{name}", stage.uid, stage.gid)
        if order["project"] and stage.lower:
            self._copy()
            self.copied = {} if stage.overlay else dict(states(self.project))
        for path, size in order["overlay"]:
            self._lay(path, wire.read(line, size))
        if stage.level != "bubblewrap":
            self._write_programs()
        if not stage.mounts:
            held = [_blocks(entry) for entry in entries(self.box)]
            self._bytes, self._files = sum(held), len(held)

    def is_full(self) -> bool:
        """Whether a box on the host's disk holds more than it may: bytes or files."""
        room, files = self.order["disk_bytes"] + self._bytes, self.order["files"] + self._files
        for entry in entries(self.box):
            files -= 1
            room -= _blocks(entry)
            if room < 0 or files < 0:
                return True
        return False

    def _copy(self) -> None:
        if self.stage.overlay:
            assert self.stage.lower is not None
            mount_overlay(self.stage.lower, self.box)
        else:
            copy_project(self.stage, self.box)

    def _write_programs(self) -> None:
        for target, text in self.order["data"]:
            path = Path(target.replace(wire.BOX, self.box))
            path.parent.mkdir(mode=0o755, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.chmod(0o644)

    def _lay(self, path: str, data: bytes) -> None:
        """Put `data` at a path of the project copy; no link on the way is followed."""
        *folders, name = path.split("/")
        here = os.open(self.project, os.O_DIRECTORY | os.O_PATH | os.O_CLOEXEC)
        for folder in folders:
            here = self._enter(here, folder)
        before = self._unlocked(here, name)
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644, dir_fd=here)
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
            if before is None:
                self._own(file)
        if before is not None:
            # A cached .pyc is valid if the source's second and size agree: never let them agree.
            second = max(int(time.time()), int(before.st_mtime) + 1)
            os.utime(name, (second, second), dir_fd=here, follow_symlinks=False)
            os.chmod(name, stat.S_IMODE(before.st_mode), dir_fd=here)
        os.close(here)
        self.laid[path] = hashlib.sha256(data).hexdigest()

    def _enter(self, here: int, folder: str) -> int:
        flags = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_PATH | os.O_CLOEXEC
        try:
            inner = os.open(folder, flags, dir_fd=here)
        except FileNotFoundError:
            os.mkdir(folder, 0o755, dir_fd=here)
            if os.geteuid() == 0:
                os.chown(folder, self.stage.uid, self.stage.gid, dir_fd=here, follow_symlinks=False)
            inner = os.open(folder, flags, dir_fd=here)
        os.close(here)
        return inner

    def _unlocked(self, here: int, name: str) -> os.stat_result | None:
        """The file's state before; a file that its owner may not write is made writable in the copy."""
        try:
            before = os.stat(name, dir_fd=here, follow_symlinks=False)
        except FileNotFoundError:
            return None
        if not before.st_mode & stat.S_IWUSR and stat.S_ISREG(before.st_mode):
            mode = stat.S_IMODE(before.st_mode) | stat.S_IWUSR
            os.chmod(name, mode, dir_fd=here)
        return before

    def _own(self, file: int) -> None:
        if os.geteuid() == 0:
            os.fchown(file, self.stage.uid, self.stage.gid)


def states(top: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each file below `top` with inode and time of change, which no program can set back."""
    for entry in entries(top):
        if not entry.is_dir(follow_symlinks=False):
            state = entry.stat(follow_symlinks=False)
            yield entry.path[len(top) + 1 :], (state.st_ino, state.st_ctime_ns)


def entries(top: str) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder that programs may be changing; what cannot be entered is left out."""
    try:
        with os.scandir(top) as found:
            below = list(found)
    except OSError:
        return
    for entry in below:
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from entries(entry.path)


def _blocks(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_blocks * 512
    except OSError:
        return 0
