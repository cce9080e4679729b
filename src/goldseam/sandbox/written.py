"""Which of the project's own files a box wrote or removed in its copy.

A judge must know: tests that a candidate rewrote, or moved away and made anew, prove nothing.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from goldseam.sandbox.layout import Layout, entries, states

MOST = 10_000
"""Names that are told. A run that wrote more of the project's own files is an error."""

INSTALLED = frozenset({"node_modules", "site-packages", "vendor", ".venv", "venv", "__pycache__"})
"""Folders that tools fill: named last, and cut off where there are too many."""


def written_in(layout: Layout) -> list[str]:
    """Paths of existing files, relative to the project; raises `OSError` where they are too many to tell."""
    if layout.stage.overlay:
        found = _in_upper(f"{layout.box}/upper", layout.stage.lower or "")
    else:
        found = _in_copy(layout)
    own: list[str] = []
    installed: list[str] = []
    for path in dict.fromkeys(found):
        if not _is_as_laid(layout, path):
            (installed if INSTALLED.intersection(path.split("/")) else own).append(path)
    if len(own) > MOST:
        raise OSError(0, f"the run wrote or removed more than {MOST} files of the project", "")
    return [*sorted(own), *sorted(installed)][:MOST]


def _in_upper(upper: str, lower: str) -> Iterator[str]:
    """What an overlay's upper layer holds: copied-up files, whiteouts, folders made anew."""
    for entry in entries(upper):
        path = entry.path[len(upper) + 1 :]
        below = f"{lower}/{path}"
        if not os.path.lexists(below):
            continue
        if entry.is_dir(follow_symlinks=False) and not _hides(entry.path):
            if not _is_folder(below):
                yield path
            continue
        yield from _files(below, path)


def _files(below: str, path: str) -> Iterator[str]:
    """A path of the project, or all that lies in it."""
    if not _is_folder(below):
        yield path
        return
    for entry in islice(entries(below), 20 * MOST):
        if not entry.is_dir(follow_symlinks=False):
            yield f"{path}/{entry.path[len(below) + 1 :]}"


def _is_folder(path: str) -> bool:
    return stat.S_ISDIR(Path(path).lstat().st_mode)


def _hides(folder: str) -> bool:
    """Whether a folder of the upper layer shows nothing of what lies under its name in the project."""
    marks = {
        "trusted.overlay.opaque",
        "user.overlay.opaque",
        "trusted.overlay.redirect",
        "user.overlay.redirect",
    }
    try:
        return not marks.isdisjoint(os.listxattr(folder, follow_symlinks=False))
    except OSError:
        return True


def _in_copy(layout: Layout) -> Iterator[str]:
    now = dict(states(layout.project))
    return (path for path, state in layout.copied.items() if now.get(path) != state)


def _is_as_laid(layout: Layout, path: str) -> bool:
    digest = layout.laid.get(path)
    if digest is None:
        return False
    try:
        file = os.open(f"{layout.project}/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    with os.fdopen(file, "rb") as stream:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return False
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest
