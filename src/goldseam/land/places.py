"""Where a project-relative path leads, and whether the file there may be landed."""

import errno
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from goldseam.core.errors import Changed, LandingError, Refused
from goldseam.land.effects import Effects, NotAFile, Place

STATE_FOLDER = ".goldseam"
GONE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)
"""What opening a folder answers when it is no longer where it was."""

_TEMP = re.compile(re.escape(STATE_FOLDER) + r"-\w+-\d+\.tmp")
_OWN_FOLDERS = {STATE_FOLDER: "goldseam's own state", ".git": "version control's own state"}
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Original:
    """A file as its owner left it: bytes, status, extended attributes."""

    data: bytes
    status: os.stat_result
    xattrs: dict[str, bytes]

    @property
    def mode(self) -> int:
        return stat.S_IMODE(self.status.st_mode)


def locate(root: Path, path: str) -> str:
    """The project-relative path of the file itself, links followed; `Refused` if it is not for us.

    `root` is a real path.
    """
    _require_plain(path)
    try:
        real = (root / path).resolve(strict=True)
    except FileNotFoundError:
        raise Refused(f"{path} does not exist") from None
    except (OSError, RuntimeError) as error:
        raise Refused(f"{path} cannot be reached: {error}") from error
    if not real.is_relative_to(root):
        raise Refused(f"{path} leads outside the project, to {real}; name a file below {root}")
    inside = real.relative_to(root).as_posix()
    _require_foreign(path, path)
    _require_foreign(path, inside)
    return inside


def open_parent(effects: Effects, root: Path, real: str) -> int:
    """A descriptor of the folder that holds `real`; no component may be a link. `OSError` in `GONE`."""
    folder = effects.open_folder(str(root))
    for part in PurePosixPath(real).parts[:-1]:
        try:
            _require_exact_case(effects, Place(folder, part, real))
            child = effects.open_folder(part, folder)
        finally:
            os.close(folder)
        folder = child
    return folder


def inspect(effects: Effects, place: Place) -> Original:
    """The file at `place`; `Refused` with the reason if it must not be landed."""
    try:
        _require_exact_case(effects, place)
        data, status = effects.read(place)
        _require_landable(place.label, status)
        _require_writable_folder(place)
        return Original(data, status, effects.xattrs(place))
    except FileNotFoundError:
        raise Refused(f"{place.label} does not exist") from None
    except NotAFile:
        raise Refused(f"{place.label} is {_kind_of(effects, place)}, not a plain file") from None
    except PermissionError as error:
        raise Refused(f"{place.label} may not be read: {error.strerror}; change its permissions") from error


def require_unchanged(path: str, original: Original, expected: bytes) -> None:
    if original.data != expected:
        raise Changed(f"{path} was edited after it was read; the edit stays, run goldseam again")


def require_own_name(real: str, temp: str) -> None:
    """`LandingError` unless a journal's names are ones that landing itself would have written."""
    _require_plain(real)
    _require_foreign(real, real)
    folder, _, name = temp.rpartition("/")
    if folder != real.rpartition("/")[0] or not _TEMP.fullmatch(name):
        raise LandingError(f"the landing journal names {temp!r} for {real!r}, which goldseam never does")


def _require_plain(path: str) -> None:
    pure = PurePosixPath(path)
    if not pure.name or "\0" in path or pure.is_absolute() or ".." in pure.parts or str(pure) != path:
        raise Refused(f"{path!r} is not a plain path inside the project, as in `folder/file.py`")


def _require_foreign(path: str, inside: str) -> None:
    for part in PurePosixPath(inside).parts:
        whose = _OWN_FOLDERS.get(_folded(part))
        if whose:
            raise Refused(f"{path} is {whose} and is never edited")


def _folded(name: str) -> str:
    """`name` as a forgiving file system may read it."""
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", visible).casefold().rstrip(". ")


def _require_exact_case(effects: Effects, place: Place) -> None:
    """On a folder that ignores case, two spellings are one file; only the listed one is taken."""
    other = place.name.swapcase()
    if other == place.name:
        return
    try:
        same = os.path.samestat(effects.status(place.beside(other)), effects.status(place))
    except OSError:
        return
    if same and place.name not in effects.names(place.folder, place.label):
        raise Refused(f"{place.label} is spelled otherwise on disk; use the exact name")


def _require_landable(path: str, status: os.stat_result) -> None:
    if status.st_nlink > 1:
        raise Refused(
            f"{path} has {status.st_nlink} hard links, which a repair would part; make it a file of its own"
        )
    if not status.st_mode & stat.S_IWUSR:
        raise Refused(f"{path} is read-only; `chmod u+w` it if it may be repaired")
    if not _owner_can_be_kept(status):
        raise Refused(f"{path} belongs to user {status.st_uid}, and only that user or root can keep it so")


def _owner_can_be_kept(status: os.stat_result) -> bool:
    user = os.geteuid()
    groups = {os.getegid(), *os.getgroups()}
    return user == 0 or (status.st_uid == user and status.st_gid in groups)


def _require_writable_folder(place: Place) -> None:
    if not os.access(".", os.W_OK | os.X_OK, dir_fd=place.folder, effective_ids=True):
        raise Refused(f"the folder of {place.label} is not writable, so the file cannot be exchanged safely")


def _kind_of(effects: Effects, place: Place) -> str:
    try:
        return _KINDS.get(stat.S_IFMT(effects.status(place).st_mode), "something else")
    except OSError:
        return "gone or unreadable"
