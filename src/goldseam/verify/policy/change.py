"""A changed file as rules read it, also when the old one does not parse.

A broken old file has no tree. Then the fewest of the candidate's own edits that make it parse are looked
for (delta debugging, Zeller and Hildebrandt, 2002): with them the old file becomes the `baseline` that the
rules compare with, and they alone are the repair of the syntax. Whatever such an edit invented, a handler
for a lone `try` say, does not count as something that the owner wrote.
"""

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from goldseam.languages.parse_tree import grammar_of
from goldseam.verify.policy.hunks import hunks
from goldseam.verify.policy.scripts.outline import Outline, outline_of
from goldseam.verify.policy.trees import parsed
from goldseam.verify.shrink import minimise

PYTHON_SUFFIXES = frozenset({".py", ".pyw"})
MAX_PARSES = 120
_PIECE = re.compile(r"\w+|[ \t]+|\n[ \t]*|.", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True, order=True)
class TextEdit:
    """Characters `[start, end)` of the old text replaced by `inserted`; `order` among edits of one place."""

    start: int
    end: int
    order: int
    inserted: str


@dataclass
class FileChange:
    """Old and new text of one file, with `\\n` as line end."""

    path: str
    old: str
    new: str

    @property
    def is_python(self) -> bool:
        return PurePosixPath(self.path).suffix in PYTHON_SUFFIXES

    @property
    def grammar(self) -> str | None:
        """The grammar of JavaScript, TypeScript or PHP, or None."""
        return grammar_of(self.path)

    @cached_property
    def old_outline(self) -> Outline:
        """What the old text has, as far as it can be read; nothing in other languages."""
        return self._outline(self.old) or Outline("", True)

    @cached_property
    def new_outline(self) -> Outline:
        """What the new text has."""
        return self._outline(self.new) or Outline("", True)

    def _outline(self, text: str) -> Outline | None:
        return outline_of(self.grammar, text) if self.grammar else None

    @cached_property
    def new_tree(self) -> ast.Module | None:
        return parsed(self.new) if self.is_python else None

    @cached_property
    def was_broken(self) -> bool:
        return self.is_python and parsed(self.old) is None

    @cached_property
    def syntax_edits(self) -> tuple[TextEdit, ...]:
        """The fewest edits of this change that make the old text parse; none if it does."""
        if not self.was_broken or self.new_tree is None:
            return ()
        return _fewest(self.old, edits_between(self.old, self.new))

    @cached_property
    def baseline(self) -> str:
        """The old text, made to parse."""
        return applied(self.old, self.syntax_edits)

    @cached_property
    def old_tree(self) -> ast.Module | None:
        return parsed(self.baseline) if self.is_python else None

    @cached_property
    def invented(self) -> frozenset[int]:
        """Lines of the baseline on which the syntax repair wrote words of its own."""
        found: set[int] = set()
        shift = 0
        for edit in self.syntax_edits:
            start = edit.start + shift
            shift += len(edit.inserted) - (edit.end - edit.start)
            for match in _WORD.finditer(edit.inserted):
                if match[0] not in _HARMLESS:
                    found.add(self.baseline.count("\n", 0, start + match.start()) + 1)
        return frozenset(found)

    def old_nodes(self) -> Iterator[ast.AST]:
        """Nodes of the baseline that the owner wrote."""
        return iter(self._old_nodes)

    def new_nodes(self) -> Iterator[ast.AST]:
        """Nodes of the repaired file."""
        return iter(self._new_nodes)

    @cached_property
    def _old_nodes(self) -> tuple[ast.AST, ...]:
        nodes = ast.walk(self.old_tree) if self.old_tree else ()
        return tuple(node for node in nodes if getattr(node, "lineno", 0) not in self.invented)

    @cached_property
    def _new_nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.new_tree)) if self.new_tree else ()

    @cached_property
    def added(self) -> tuple[tuple[int, str], ...]:
        """New lines with their numbers."""
        return tuple(_lines(self.old, self.new))

    @cached_property
    def removed(self) -> tuple[tuple[int, str], ...]:
        """Old lines that are gone, with their numbers in the old file."""
        return tuple(_lines(self.new, self.old))


_HARMLESS = frozenset(keyword.kwlist) - {"except", "finally", "import", "raise"}


def file_change(path: str, old: bytes, new: bytes) -> FileChange:
    """The change of one file out of its bytes."""
    return FileChange(path, _text(old), _text(new))


def _text(data: bytes) -> str:
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        text = data.decode(encoding, "replace")
    except (SyntaxError, LookupError):
        text = data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(old: str, new: str) -> Iterator[tuple[int, str]]:
    before, after = old.split("\n"), new.split("\n")
    for _, _, start, end in hunks(before, after):
        yield from enumerate(after[start:end], start + 1)


def edits_between(old: str, new: str) -> list[TextEdit]:
    """Edits word by word, inside the lines that differ."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    found: list[TextEdit] = []
    for i1, i2, j1, j2 in hunks(before, after):
        found += _word_edits(starts[i1], "".join(before[i1:i2]), "".join(after[j1:j2]))
    return found


def _word_edits(offset: int, old: str, new: str) -> Iterator[TextEdit]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    starts = [offset]
    for piece in before:
        starts.append(starts[-1] + len(piece))
    for i1, i2, j1, j2 in hunks(before, after):
        yield TextEdit(starts[i1], starts[i2], 0, "".join(after[j1:j2]))


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with the edits made."""
    parts, position = [], 0
    for edit in sorted(edits):
        parts += [text[position : edit.start], edit.inserted]
        position = edit.end
    return "".join([*parts, text[position:]])


def _fewest(old: str, edits: list[TextEdit]) -> tuple[TextEdit, ...]:
    parses = 0

    def still_parses(subset: Iterable[TextEdit]) -> bool:
        nonlocal parses
        parses += 1
        return parses <= MAX_PARSES and parsed(applied(old, subset)) is not None

    needed = minimise(edits, still_parses)
    return tuple(minimise([piece for edit in needed for piece in _pieces(edit)], still_parses))


def _pieces(edit: TextEdit) -> Iterator[TextEdit]:
    """An edit as a deletion and insertions of one word each."""
    if edit.end > edit.start:
        yield TextEdit(edit.start, edit.end, 0, "")
    for order, piece in enumerate(_PIECE.findall(edit.inserted), 1):
        yield TextEdit(edit.end, edit.end, order, piece)
