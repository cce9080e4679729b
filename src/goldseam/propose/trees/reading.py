"""The tree of a source by its file's suffix."""

from functools import lru_cache
from pathlib import PurePosixPath

from goldseam.propose.trees import braces, python
from goldseam.propose.trees.tree import Tree

_PYTHON = frozenset({".py", ".pyw"})


@lru_cache(maxsize=32)
def read(path: str, data: bytes) -> Tree | None:
    """The tree; None of a source that does not parse, or of a language that is not known here."""
    return python.read(path, data) if _is_python(path) else braces.read(path, data)


def parses(path: str, data: bytes) -> bool:
    """Whether a source of a known language parses."""
    if _is_python(path):
        return python.parses(data)
    return braces.parses(path, data)


def _is_python(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _PYTHON
