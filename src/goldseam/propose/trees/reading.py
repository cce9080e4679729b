"""The tree of a source by its file's suffix."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from goldseam.core.source import Edit, Span, apply_edits
from goldseam.propose.trees import braces, python
from goldseam.propose.trees.layout import whole_lines
from goldseam.propose.trees.tree import Statement, Tree
from goldseam.propose.trees.written import PHP

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


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a file that parses alone, between `head` and `tail`, so that its changes are checked fast."""

    path: str
    span: Span
    head: bytes = b""
    tail: bytes = b""

    def parses(self, data: bytes, edits: Iterable[Edit]) -> bool:
        """Whether the part still parses with `edits`; one that leaves it is checked with all of the file."""
        start, end = self.span.start, self.span.end
        moved = [*edits]
        if any(edit.span.start < start or edit.span.end > end for edit in moved):
            return parses(self.path, apply_edits(data, moved))
        inside = [Edit(Span(e.span.start - start, e.span.end - start), e.replacement) for e in moved]
        return parses(self.path, self.head + apply_edits(data[start:end], inside) + self.tail)


def unit_of(tree: Tree, statement: Statement, *, in_class: bool) -> Unit:
    """The lines of a function or of a statement at the top; the whole file where they do not parse alone."""
    whole = Unit(tree.path, Span(0, len(tree.data)))
    lines = whole_lines(tree.data, statement.span)
    if _is_python(tree.path):
        indented = tree.data[lines.start : lines.start + 1] in (b" ", b"\t")
        unit = Unit(tree.path, lines, b"if 1:\n" if indented else b"")
    else:
        start = b"<?php " if tree.writing is PHP else b""
        unit = Unit(
            tree.path, lines, start + (b"class A {\n" if in_class else b""), b"}" if in_class else b""
        )
    return unit if unit.parses(tree.data, ()) else whole


def _is_python(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _PYTHON
