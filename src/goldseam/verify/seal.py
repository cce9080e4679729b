"""The seal on what judges: tests, configuration and lock files stay what they were.

A repair is proven by files that it must not touch. They are never among the edited ones; the seal notices
when they change all the same, on the owner's disk between two runs or in the box during one. Data that a
living program keeps writing (a log, a database) is told apart: a program may write it, and where tests did so
a person is asked, since they may have read it before.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Protection = Callable[[str], str | None]

INSTALLED = frozenset({"node_modules", "site-packages", "vendor", "__pycache__"})
CACHES = frozenset({".pytest_cache", ".hypothesis", ".phpunit.cache", ".phpunit.result.cache", ".coverage"})
"""What test runners keep for their next run: a green run writes what red ones left alone."""

MAX_FILES = 20_000
MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Seal:
    """Digests of the files below `root` that judge, taken once; `protected` says what no run may write.

    `data` is the one reason for which a path is protected from edits and may be written by programs.
    Installed packages, hidden folders and files over 8 MB are left out: their number would make every
    repair wait. Cost: reading the rest once.
    """

    root: Path
    protected: Protection
    digests: Mapping[str, str]
    data: str = ""

    @classmethod
    def over(cls, root: Path, protected: Protection, *, data: str) -> "Seal":
        """Seal what is protected below `root` now, for another reason than that it is `data`."""
        files = (path for _, path in zip(range(MAX_FILES), _files(root), strict=False))
        paths = [path for path in files if protected(path) not in (None, data)]
        return cls(root, protected, dict(_digests(root, paths)), data)

    @classmethod
    def nothing(cls, root: Path) -> "Seal":
        """A seal over no file, where parsing is the oracle."""
        return cls(root, lambda _: None, {})

    def broken(self) -> tuple[str, ...]:
        """Sealed files that have changed or gone on the owner's disk."""
        now = dict(_digests(self.root, self.digests))
        return tuple(path for path, digest in self.digests.items() if now.get(path) != digest)

    def touched(self, written: Iterable[str]) -> tuple[str, ...]:
        """What judges among the existing files that a command wrote in its box."""
        return tuple(path for path, reason in self._protected(written) if reason != self.data)

    def data_among(self, written: Iterable[str]) -> tuple[str, ...]:
        """Data among the existing files that a command wrote in its box."""
        return tuple(path for path, reason in self._protected(written) if reason == self.data)

    def _protected(self, written: Iterable[str]) -> Iterator[tuple[str, str]]:
        for path in written:
            if CACHES.isdisjoint(path.split("/")) and (reason := self.protected(path)):
                yield path, reason


def _files(root: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in INSTALLED and not name.startswith(".")]
        folders[:] = [name for name in folders if not (Path(parent) / name / "pyvenv.cfg").exists()]
        for name in names:
            yield (Path(parent) / name).relative_to(root).as_posix()


def _digests(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        file = root / path
        try:
            if file.is_file() and file.stat().st_size <= MAX_BYTES:
                yield path, hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError:
            continue
