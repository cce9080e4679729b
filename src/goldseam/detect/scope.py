"""Which files a path names: sources below folders, without what nobody edits by hand."""

import os
import time
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_IFDIR, S_IFLNK, S_IFREG, S_ISREG

from goldseam.core.language import Language

NOT_SOURCES = frozenset(
    {"node_modules", "__pycache__", "site-packages", "venv", "env", "vendor", "build", "dist", "htmlcov"}
)
_KIND = 0o170000
"""The bits of a mode that say what a file is."""
UNSETTLED = -1
"""No hash of a file's metadata: Python's `hash` is never -1."""
SETTLED_NS = 2_000_000_000
"""File systems tell the time of a change no finer than this, the coarsest of them."""


def sources_below(folder: Path, languages: tuple[Language, ...]) -> Iterator[Path]:
    """Source files of known languages below `folder`, folder by folder, sorted.

    Hidden and generated folders are left out. Symbolic links to folders are not followed. A file named itself
    is taken as it is. Pipes, devices and links that leave `folder` are left out: opening one may never end.
    """
    if folder.is_file():
        yield folder
        return
    found = folders_below(folder, languages)
    paths = (f"{place}/{name}" for place, stamps in found.items() for name in stamps.names)
    yield from map(Path, sorted(paths, key=_by_folder))


@dataclass(slots=True)
class Stamps:
    """The sources that lie in one folder itself: names and stamps, side by side.

    As bytes they are a line for each name and eight bytes for each stamp: whether anything has changed is one
    comparison.
    """

    names: list[str] = field(default_factory=list)
    stamps: "array[int]" = field(default_factory=lambda: array("q"))

    def __bytes__(self) -> bytes:
        return os.fsencode("/".join(self.names)) + b"//" + self.stamps.tobytes()

    @classmethod
    def of(cls, kept: bytes) -> "Stamps":
        """What was bytes; nothing if these never were stamps."""
        names, _, packed = kept.partition(b"//")
        stamps = array("q")
        found = os.fsdecode(names).split("/") if names else []
        if len(packed) != len(found) * stamps.itemsize:
            return cls()
        stamps.frombytes(packed)
        return cls(found, stamps)

    def as_dict(self) -> dict[str, int]:
        return dict(zip(self.names, self.stamps, strict=True))


def folders_below(folder: Path, languages: tuple[Language, ...]) -> dict[str, Stamps]:
    """The same files by folder, each with a stamp of its metadata that changes when the file does.

    The stamp is of times of change in nanoseconds, size and inode, and the same of the file that decides how
    the source is read (`Language.context`): whoever remembers it need not open an unchanged file. It is
    `UNSETTLED` for a file that has changed so lately that another change might not show.
    """
    suffixes = {suffix[1:]: language.context for language in languages for suffix in language.suffixes}
    survey = _Survey(folder.resolve(), suffixes)
    survey.enter(os.fspath(folder), survey.context_above(folder.resolve()))
    return survey.found


def is_source(folder: Path, file: Path) -> bool:
    """Whether `file` is a regular one that lies below `folder` once links are followed."""
    try:
        return file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(folder.resolve()))
    except (OSError, RuntimeError):
        return False


def _stamp(found: os.stat_result) -> int:
    return hash((found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns))


class _Survey:
    """One walk; `suffixes` maps those of sources, without dot, to the names of their context files."""

    def __init__(self, top: Path, suffixes: Mapping[str, tuple[str, ...]]) -> None:
        self.found: dict[str, Stamps] = {}
        self._top = top
        self._suffixes = suffixes
        self._contexts = {name for names in suffixes.values() for name in names}
        self._settled = time.time_ns() - SETTLED_NS

    def context_above(self, folder: Path) -> int:
        """The stamp of the nearest context file above `folder`, 0 if there is none."""
        for parent in folder.parents:
            for name in self._contexts:
                with suppress(OSError):
                    return _stamp((parent / name).stat())
        return 0

    def enter(self, folder: str, context: int) -> None:
        """Take the sources of a folder and of those below; `context` is the stamp of what lies above.

        The folder is opened once: looking at its files by name alone is a fifth faster than by path.
        """
        below: list[str] = []
        with suppress(OSError):
            opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                with os.scandir(opened) as listing:
                    context = self._take(folder, list(listing), context, below)
            finally:
                os.close(opened)
        for name in below:
            self._descend(folder, name, context)

    def _take(self, folder: str, entries: "list[os.DirEntry[str]]", context: int, below: list[str]) -> int:
        """Stamp the sources of a folder: ten thousand files are looked at here within fifty milliseconds.

        Adds the folder's folders to `below`; returns the context that holds here and there.
        """
        if self._contexts:
            context = self._context_among(entries) or context
        suffixes, settled, here = self._suffixes, self._settled, Stamps()
        add_name, add_stamp = here.names.append, here.stamps.append
        for entry in entries:
            name = entry.name
            suffix = name.rpartition(".")[2]
            contexts = suffixes.get(suffix)
            if contexts is None and (contexts := suffixes.get(suffix.lower())) is None:
                if entry.is_dir(follow_symlinks=False):
                    below.append(name)
                continue
            if (found := self._looked_at(entry, folder, below)) is None:
                continue
            changed = found.st_ctime_ns
            add_name(name)
            add_stamp(
                hash((found.st_mtime_ns, found.st_size, found.st_ino, changed, context if contexts else 0))
                if changed <= settled
                else UNSETTLED
            )
        if here.names:
            self.found[folder] = here
        return context

    def _looked_at(self, entry: "os.DirEntry[str]", folder: str, below: list[str]) -> os.stat_result | None:
        """The metadata of a regular file, or of one in the project that a link leads to."""
        try:
            found = entry.stat(follow_symlinks=False)
            if (kind := found.st_mode & _KIND) == S_IFREG:
                return found
            if kind == S_IFDIR:
                below.append(entry.name)
            elif kind == S_IFLNK and is_source(self._top, Path(folder, entry.name)):
                found = entry.stat()
                return found if S_ISREG(found.st_mode) else None
        except OSError:
            pass
        return None

    def _context_among(self, entries: "list[os.DirEntry[str]]") -> int:
        for entry in entries:
            if entry.name in self._contexts:
                with suppress(OSError):
                    return _stamp(entry.stat())
        return 0

    def _descend(self, folder: str, name: str, context: int) -> None:
        generated = name in NOT_SOURCES or name.startswith(".")
        if not generated and not os.path.lexists(f"{folder}/{name}/pyvenv.cfg"):
            self.enter(f"{folder}/{name}", context)


def _by_folder(path: str) -> tuple[str, ...]:
    """Files of a folder before those of its folders, both by name."""
    *folders, name = path.split("/")
    return (*(f"1{folder}" for folder in folders), f"0{name}")
