"""The one class that touches the owner's files: every read, write and commit is a numbered step.

No other module may change a file of the owner. Because each call goes through `Effects`, a test can kill the
process, raise an error or edit a file at every single step, before or after its action.
"""

import ctypes
import errno
import fcntl
import functools
import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

T = TypeVar("T")

MISSING = "missing"
UNREADABLE = "unreadable"
NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""What systems answer that cannot exchange two files in one step."""

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A name in an open folder; `label` is what people call it."""

    folder: int
    name: str
    label: str

    def beside(self, name: str) -> "Place":
        return Place(self.folder, name, self.label)


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered call; `changes` is False for reads."""

    number: int
    name: str
    path: str
    changes: bool


class Around(Protocol):
    """Runs the action of a step; tests do more."""

    def __call__(self, step: Step, action: Callable[[], T], /) -> T: ...


def perform(step: Step, action: Callable[[], T], /) -> T:
    """Just the action."""
    return action()


class NotAFile(OSError):
    """A symbolic link, folder, device, socket or pipe lies where a plain file should be."""


class Effects:
    """All effects on the owner's files and on the state folder, numbered from 1.

    Nothing here decides anything. Data is written in pieces of `piece` bytes, each a step.
    """

    def __init__(self, around: Around = perform, piece: int = 1 << 20) -> None:
        self._around = around
        self._piece = piece
        self._number = 0

    def open_folder(self, name: str, within: int | None = None) -> int:
        return self._step("open_folder", name, lambda: os.open(name, _FOLDER, dir_fd=within), changes=False)

    def read(self, place: Place) -> tuple[bytes, os.stat_result]:
        """Bytes and status of a plain file, both from one descriptor."""
        return self._step("read", place.label, lambda: _read(place), changes=False)

    def status(self, place: Place) -> os.stat_result:
        return self._step(
            "status",
            place.label,
            lambda: os.stat(place.name, dir_fd=place.folder, follow_symlinks=False),
            changes=False,
        )

    def look(self, place: Place) -> str:
        """SHA-256 of a plain file, `MISSING`, or a word for what else is there."""
        return self._step("look", place.label, lambda: _look(place), changes=False)

    def glance(self, place: Place) -> str:
        """`look`, or `UNREADABLE` instead of an error."""
        try:
            return self.look(place)
        except OSError:
            return UNREADABLE

    def xattrs(self, place: Place) -> dict[str, bytes]:
        return self._step("xattrs", place.label, lambda: _xattrs(place), changes=False)

    def names(self, folder: int, label: str) -> list[str]:
        return self._step("names", label, lambda: os.listdir(folder), changes=False)

    def make_folder(self, place: Place) -> None:
        self._step("make_folder", place.label, lambda: os.mkdir(place.name, 0o700, dir_fd=place.folder))

    def create(self, place: Place) -> int:
        """A new, empty file that only its owner may read; a descriptor to write it."""
        return self._step(
            "create", place.label, lambda: os.open(place.name, _CREATE, 0o600, dir_fd=place.folder)
        )

    def write(self, descriptor: int, data: bytes, label: str) -> None:
        for start in range(0, len(data), self._piece):
            self._write_piece(descriptor, memoryview(data)[start : start + self._piece], label)

    def set_owner(self, descriptor: int, user: int, group: int, label: str) -> None:
        self._step("set_owner", label, lambda: os.fchown(descriptor, user, group))

    def set_mode(self, descriptor: int, mode: int, label: str) -> None:
        self._step("set_mode", label, lambda: os.fchmod(descriptor, mode))

    def set_mode_of(self, place: Place, mode: int) -> None:
        self._step("set_mode", place.label, lambda: _set_mode(place, mode))

    def set_xattr(self, descriptor: int, name: str, value: bytes, label: str) -> None:
        self._step("set_xattr", label, lambda: os.setxattr(descriptor, name, value))

    def remove_xattr(self, descriptor: int, name: str, label: str) -> None:
        self._step("remove_xattr", label, lambda: os.removexattr(descriptor, name))

    def sync(self, descriptor: int, label: str) -> None:
        self._step("sync", label, lambda: os.fsync(descriptor))

    def sync_folder(self, folder: int, label: str) -> None:
        self._step("sync_folder", label, lambda: os.fsync(folder))

    def link(self, source: Place, target: Place) -> None:
        self._step(
            "link",
            target.label,
            lambda: os.link(
                source.name,
                target.name,
                src_dir_fd=source.folder,
                dst_dir_fd=target.folder,
                follow_symlinks=False,
            ),
        )

    def replace(self, source: Place, target: Place) -> None:
        self._step(
            "replace",
            target.label,
            lambda: os.replace(source.name, target.name, src_dir_fd=source.folder, dst_dir_fd=target.folder),
        )

    def exchange(self, left: Place, right: Place) -> None:
        """Swap two files in one step; readers see one or the other whole."""
        self._step("exchange", right.label, lambda: _exchange(left, right))

    def unlink(self, place: Place) -> None:
        self._step("unlink", place.label, lambda: os.unlink(place.name, dir_fd=place.folder))

    def discard(self, place: Place) -> None:
        """Unlink what is there, if anything is."""
        if self.look(place) != MISSING:
            self.unlink(place)

    def lock(self, place: Place) -> int:
        """The locked descriptor of a lock file, which is created once and never deleted.

        `BlockingIOError` if another process holds it.
        """
        return self._step("lock", place.label, lambda: _lock(place))

    def commit(self, name: str, action: Callable[[], T]) -> T:
        """A change of the journal."""
        return self._step(f"journal {name}", "journal.db", action)

    def consult(self, name: str, action: Callable[[], T]) -> T:
        """A look into the journal."""
        return self._step(f"journal {name}", "journal.db", action, changes=False)

    def _write_piece(self, descriptor: int, piece: memoryview, label: str) -> None:
        def action() -> None:
            rest = piece
            while rest:
                rest = rest[os.write(descriptor, rest) :]

        self._step("write", label, action)

    def _step(self, name: str, path: str, action: Callable[[], T], *, changes: bool = True) -> T:
        self._number += 1
        try:
            return self._around(Step(self._number, name, path, changes), action)
        except OSError as error:
            error.filename = path
            raise


def _open_plain(place: Place) -> int:
    before = os.stat(place.name, dir_fd=place.folder, follow_symlinks=False)
    if not stat.S_ISREG(before.st_mode):
        raise NotAFile(errno.EINVAL, "not a plain file", place.label)
    descriptor = os.open(place.name, _READ, dir_fd=place.folder)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotAFile(errno.EINVAL, "not a plain file", place.label)


def _read(place: Place) -> tuple[bytes, os.stat_result]:
    with os.fdopen(_open_plain(place), "rb") as file:
        return file.read(), os.fstat(file.fileno())


def _look(place: Place) -> str:
    try:
        descriptor = _open_plain(place)
    except FileNotFoundError:
        return MISSING
    except NotAFile:
        return "not a plain file"
    with os.fdopen(descriptor, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _set_mode(place: Place, mode: int) -> None:
    descriptor = _open_plain(place)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def _xattrs(place: Place) -> dict[str, bytes]:
    descriptor = _open_plain(place)
    try:
        return {name: os.getxattr(descriptor, name) for name in os.listxattr(descriptor)}
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return {}
        raise
    finally:
        os.close(descriptor)


def _lock(place: Place) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(place.name, flags, 0o600, dir_fd=place.folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _exchange(left: Place, right: Place) -> None:
    call = _renameat2()
    names = os.fsencode(left.name), os.fsencode(right.name)
    while call is not None:
        if call(left.folder, names[0], right.folder, names[1], _RENAME_EXCHANGE) == 0:
            return
        number = ctypes.get_errno()
        if number != errno.EINTR:
            raise OSError(number, os.strerror(number), right.label)
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), right.label)


@functools.cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return None
    function = library.renameat2
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    function.restype = ctypes.c_int

    def call(left: int, left_name: bytes, right: int, right_name: bytes, flags: int) -> int:
        return int(function(left, left_name, right, right_name, flags))

    return call
