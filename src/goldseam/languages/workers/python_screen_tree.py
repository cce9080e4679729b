"""Runs in a box: the project's files as they were, and who writes to them. PYTEST_DONT_REWRITE

A program under test may write beside its own files: each candidate must find the folder as the first did.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_LOOKED_AT = frozenset(
    {"__pycache__", ".git", ".venv", "venv", "node_modules", ".tox", ".nox", ".pytest_cache"}
)
MOST_FILES, MOST_BYTES = 5_000, 50_000_000
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = ("mkdir", "rename", "remove", "rmdir", "link", "symlink", "truncate")
CHANGES = frozenset({*(f"os.{name}" for name in _CHANGES), "sqlite3.connect"})


def is_write(event: str, arguments: Any, root: str) -> bool:
    """Whether an audited event is about to change something in the project."""
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & WRITES):
        return False
    if event != "open" and event not in CHANGES:
        return False
    path = arguments[0]
    if not isinstance(path, (str, bytes, os.PathLike)):
        return False
    place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - called for every file that is opened
    return place.startswith(root + "/") and not NOT_LOOKED_AT.intersection(place.split("/"))


class Tree:
    """The files below `root`, dependencies aside; `is_known` is false where they are too many to keep."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.folders: set[str] = set()
        self.files: dict[str, tuple[tuple[int, int], bytes]] = {}
        self.is_known = True
        left = MOST_BYTES
        for place, state in self._walk():
            if state is None:
                self.folders.add(place)
                continue
            left -= state[1]
            if left < 0 or len(self.files) >= MOST_FILES:
                self.is_known = False
                return
            with suppress(OSError), open(place, "rb") as stream:  # noqa: PTH123
                self.files[place] = (state, stream.read())

    def restore(self) -> None:
        """Remove what is new, write again what was changed or removed."""
        found = dict(self._walk()) if self.is_known else {}
        for place, state in reversed(found.items()):
            with suppress(OSError):
                if state is None and place not in self.folders:
                    os.rmdir(place)  # noqa: PTH106
                elif state is not None and place not in self.files:
                    os.unlink(place)  # noqa: PTH108
        for place, (state, data) in self.files.items():
            if found.get(place) != state:
                with suppress(OSError):
                    os.makedirs(place.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
                    with open(place, "wb") as stream:  # noqa: PTH123
                        stream.write(data)
                    os.utime(place, ns=(state[0], state[0]))

    def _walk(self) -> Iterator[tuple[str, tuple[int, int] | None]]:
        """Folders before what is in them; the state of a file is when it was written, and its size."""
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name not in NOT_LOOKED_AT]
            for name in folders:
                yield f"{folder}/{name}", None
            for name in files:
                with suppress(OSError):
                    state = os.lstat(f"{folder}/{name}")
                    yield f"{folder}/{name}", (state.st_mtime_ns, state.st_size)
