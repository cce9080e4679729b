"""Which files a path names: sources below folders, without what nobody edits by hand."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from goldseam.core.language import Language

NOT_SOURCES = frozenset(
    {"node_modules", "__pycache__", "site-packages", "venv", "env", "vendor", "build", "dist", "htmlcov"}
)
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
    yield from map(Path, sorted(stamps_below(folder, languages), key=_by_folder))


def stamps_below(folder: Path, languages: tuple[Language, ...]) -> dict[str, int]:
    """The same files by path, each with a stamp of its metadata that changes when the file does.

    The stamp is of times of change in nanoseconds, size and inode, and the same of the file that decides how
    the source is read (`Language.context`): whoever remembers it need not open an unchanged file. It is
    `UNSETTLED` for a file that has changed so lately that another change might not show.
    """
    suffixes = {suffix[1:]: language.context for language in languages for suffix in language.suffixes}
    survey = _Survey(folder.resolve(), suffixes)
    survey.enter(os.fspath(folder), survey.context_above(folder.resolve()))
    return survey.stamps


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
        self.stamps: dict[str, int] = {}
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
        """Take the sources of a folder and of those below; `context` is the stamp of what lies above."""
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError:
            return
        if self._contexts:
            context = self._context_among(entries) or context
        suffixes = self._suffixes
        for entry in entries:
            suffix = entry.name.rpartition(".")[2]
            if suffix not in suffixes and suffix.lower() not in suffixes:
                if entry.is_dir(follow_symlinks=False):
                    self._descend(entry, context)
            else:
                self._take(entry, context if suffixes[suffix.lower()] else 0)

    def _context_among(self, entries: list["os.DirEntry[str]"]) -> int:
        for entry in entries:
            if entry.name in self._contexts:
                with suppress(OSError):
                    return _stamp(entry.stat())
        return 0

    def _descend(self, entry: "os.DirEntry[str]", context: int) -> None:
        name, folder = entry.name, entry.path
        generated = name in NOT_SOURCES or name.startswith(".")
        if not generated and not os.path.lexists(f"{folder}/pyvenv.cfg"):
            self.enter(folder, context)

    def _take(self, entry: "os.DirEntry[str]", context: int) -> None:
        """Stamp a source: this runs for each of ten thousand files, within fifty milliseconds."""
        try:
            mode, inode, _, _, _, _, size, *_ = found = entry.stat(follow_symlinks=False)
            if S_ISLNK(mode) and is_source(self._top, Path(entry.path)):
                mode, inode, _, _, _, _, size, *_ = found = entry.stat()
        except OSError:
            return
        if S_ISREG(mode):
            changed = found.st_ctime_ns
            stamp = hash((found.st_mtime_ns, size, inode, changed, context))
            self.stamps[entry.path] = stamp if changed <= self._settled else UNSETTLED
        elif S_ISDIR(mode):
            self._descend(entry, context)


def _by_folder(path: str) -> tuple[str, ...]:
    """Files of a folder before those of its folders, both by name."""
    *folders, name = path.split("/")
    return (*(f"1{folder}" for folder in folders), f"0{name}")
