"""Which files a path names: sources below folders, without what nobody edits by hand."""

import os
from collections.abc import Iterator
from pathlib import Path

from goldseam.core.language import Language, language_of

NOT_SOURCES = frozenset(
    {"node_modules", "__pycache__", "site-packages", "venv", "env", "vendor", "build", "dist", "htmlcov"}
)


def sources_below(folder: Path, languages: tuple[Language, ...]) -> Iterator[Path]:
    """Source files of known languages below `folder`, sorted; hidden and generated folders are left out.

    Symbolic links to folders are not followed. A file named itself is taken as it is. Pipes, devices and
    links that leave `folder` are left out: opening one may never end.
    """
    if folder.is_file():
        yield folder
        return
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _left_out(Path(parent) / name))
        for name in sorted(files):
            if language_of(name, languages) and is_source(folder, Path(parent) / name):
                yield Path(parent) / name


def is_source(folder: Path, file: Path) -> bool:
    """Whether `file` is a regular one that lies below `folder` once links are followed."""
    try:
        return file.is_file() and (not file.is_symlink() or file.resolve().is_relative_to(folder.resolve()))
    except (OSError, RuntimeError):
        return False


def _left_out(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in NOT_SOURCES or (folder / "pyvenv.cfg").exists()
