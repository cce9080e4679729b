"""A model file in the making: appended to, hashed on the way, resumed by digest, renamed when whole.

No notes are kept on what is durable: on resuming, the bytes themselves are read and compared with the
pinned digests, and everything after the last whole part is cut off. A gigabyte takes about a second.
"""

import errno
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Self

from goldseam.core.errors import WeightsError

CHUNK = 1 << 20

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EEXIST, errno.ENOTDIR, errno.ENOENT}
)


class Assembly:
    """The partial file. `size` counts the bytes that are kept."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path = path
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """The partial file at `path`, created if it is missing; nothing of it is kept yet."""
        with storing(path.parent), FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+") as file:
            yield cls(path, file)

    @property
    def length(self) -> int:
        """Bytes in the file, kept or not."""
        return os.fstat(self._file.fileno()).st_size

    def keep(self, size: int, sha256: str) -> bool:
        """Keep the next `size` bytes of the file if that is their digest."""
        part, whole = hashlib.sha256(), self._digest.copy()
        self._file.seek(self.size)
        for chunk in self._read(size):
            part.update(chunk)
            whole.update(chunk)
        if part.hexdigest() != sha256:
            return False
        self._digest, self.size = whole, self.size + size
        return True

    def keep_all(self) -> None:
        """Keep every byte of the file; the digest of the whole judges them at the end."""
        self._file.seek(self.size)
        for chunk in self._read(self.length - self.size):
            self._digest.update(chunk)
            self.size += len(chunk)

    def append(self, chunks: Iterable[bytes]) -> None:
        """Cut off what is not kept, then write and keep `chunks`."""
        self._cut()
        for chunk in chunks:
            self._write(chunk)

    def append_part(self, chunks: Iterable[bytes], size: int, sha256: str) -> str:
        """Like `append`, all or nothing; returns the digest found, and keeps the part only if it is right."""
        start, before = self.size, self._digest.copy()
        part = hashlib.sha256()
        try:
            self.append(_hashed(chunks, part.update))
        finally:
            right = part.hexdigest() == sha256 and self.size - start == size
            if not right:
                self._digest, self.size = before, start
                self._cut()
        return part.hexdigest()

    def restart(self) -> None:
        """Keep nothing."""
        self._digest, self.size = hashlib.sha256(), 0
        self._cut()

    def finish(self, target: Path, sha256: str, magic: bytes) -> None:
        """Make the bytes durable and give the file its name, if it is whole; else empty it and raise."""
        self._cut()
        self._file.seek(0)
        if self._digest.hexdigest() != sha256 or self._file.read(len(magic)) != magic:
            found = self._digest.hexdigest()
            self.restart()
            raise WeightsError(
                f"the model file as fetched is wrong: expected sha256 {sha256}, got {found};"
                " nothing was kept, run goldseam model pull again or choose another --source"
            )
        os.fsync(self._file.fileno())
        self._path.replace(target)
        _fsync_folder(target.parent)

    def _read(self, size: int) -> Iterator[bytes]:
        while size > 0 and (chunk := self._file.read(min(CHUNK, size))):
            size -= len(chunk)
            yield chunk

    def _write(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        while view:
            written = self._file.write(view)
            self._digest.update(view[:written])
            self.size += written or 0
            view = view[written:]

    def _cut(self) -> None:
        self._file.truncate(self.size)
        self._file.seek(self.size)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def exclusive(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file; calls `waiting` once if another process holds it. It ends with its holder."""
    with storing(lock.parent):
        file = lock.open("ab")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Tell disk errors inside as one clear line."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(folder) from error
        if error.errno in _REFUSED:
            raise WeightsError(
                f"the model cannot be stored in {folder}: {error.strerror};"
                " make it writable or set XDG_CACHE_HOME"
            ) from error
        raise


def disk_full(folder: Path) -> WeightsError:
    """The error for a disk that filled up."""
    return WeightsError(
        f"no space left for the model in {folder}; free some (1.3 GB in all) and run goldseam model pull"
        " again: it goes on from the last whole part"
    )


def require_space(folder: Path, needed: int, free: Callable[[Path], int]) -> None:
    """Raise `WeightsError` before a pull that the disk cannot hold."""
    available = free(folder)
    if available < needed:
        raise WeightsError(
            f"{needed / 1e6:,.0f} MB more are needed in {folder} and {available / 1e6:,.0f} MB are free;"
            " free some or set XDG_CACHE_HOME to another disk, then run goldseam model pull again"
        )


def _hashed(chunks: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for chunk in chunks:
        update(chunk)
        yield chunk


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
