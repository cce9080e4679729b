"""What a template is and what it sees: a pure function from a fault and the sources to byte edits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Frame
from goldseam.core.observation import Failure
from goldseam.core.source import Edit, Patch, Span, position_of
from goldseam.languages.parse_tree import grammar_of, tree_of
from goldseam.languages.python import encoding_of
from goldseam.languages.python_view import Module, Project, view_of

if TYPE_CHECKING:
    from tree_sitter import Node

SURE, LIKELY, GUESS = 0.0, 0.3, 0.6
"""How unlikely a repair is; what is more than `LIKELY` is never proposed together with others."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Edits by path, what they do in a sentence, and how unlikely it is that just these are right."""

    edits: Mapping[str, tuple[Edit, ...]]
    why: str
    cost: float = LIKELY

    @property
    def patch(self) -> Patch:
        return Patch(self.edits)


def repair(path: str, why: str, *edits: Edit, cost: float = LIKELY) -> Repair:
    """A repair of one file."""
    return Repair({path: edits}, why, cost)


class Scene:
    """A case as templates see it; every source is parsed at most once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._trees: dict[str, Node | None] = {}

    @cached_property
    def project(self) -> Project:
        """The Python sources."""
        files = self.case.current.files
        first = dict.fromkeys([self.case.incident.path, *files])
        return view_of({path: files[path] for path in first if path in files}, encoding_of)

    def module(self, fault: Fault) -> Module | None:
        """The Python source that a fault lies in, or None."""
        return self.project.modules.get(fault.path)

    def data(self, path: str) -> bytes:
        return self.case.current.files.get(path, b"")

    def tree(self, path: str) -> "Node | None":
        """The parse tree of a JavaScript, TypeScript or PHP source, or None."""
        if path not in self._trees:
            grammar, data = grammar_of(path), self.case.current.files.get(path)
            self._trees[path] = tree_of(grammar, data) if grammar and data is not None else None
        return self._trees[path]

    def line(self, fault: Fault) -> int:
        """The 1-based line of a fault."""
        return position_of(self.data(fault.path), fault.span.start)[0]

    def frames(self, path: str) -> Iterator[tuple[Failure, Frame]]:
        """Each failure with its innermost frame in a file."""
        for failure in self.case.observation.failures:
            for one in (failure, *failure.causes):
                inside = [frame for frame in one.frames if frame.path == path]
                if inside:
                    yield one, inside[-1]

    def kinds_at(self, path: str, line: int) -> dict[str, str]:
        """Types of the variables that a traced failure showed at a line, by name."""
        found: dict[str, str] = {}
        for _, frame in self.frames(path):
            if frame.line == line:
                found |= {variable.name: variable.kind for variable in frame.variables}
        return found


Mend = Callable[[Scene, Fault], Iterable[Repair]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A program before and after; without `after` a near miss: the template proposes nothing for it.

    The program is run; with `expected` it is held against what it prints, with `test` (a module of tests
    that imports it as `program`) against its tests. `name` is its file's, `beside` holds more files.
    """

    before: str
    after: str | None = None
    expected: str | None = None
    test: str | None = None
    name: str = "program.py"
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A deterministic repair for some codes: `mend` yields what it proposes, the likeliest first."""

    name: str
    codes: frozenset[Code]
    languages: frozenset[str]
    mend: Mend
    examples: tuple[Mended, ...]


def hit(source: str, *changes: tuple[str, str], expected: str | None = None, **others: Any) -> Mended:
    """A program that is mended by changes, each of a text that stands in it once, to another one."""
    after = source
    for wrong, right in changes:
        if after.count(wrong) != 1:
            raise ValueError(f"not once in the example: {wrong}")
        after = after.replace(wrong, right)
    return Mended(source, after, expected, **others)


def miss(source: str, expected: str | None = None, **others: Any) -> Mended:
    """A program that looks like a hit and is none."""
    return Mended(source, None, expected, **others)


def template(
    name: str, codes: Iterable[Code], mend: Mend, examples: tuple[Mended, ...], *, languages: str = "python"
) -> Template:
    """A template for `languages`, written with spaces between."""
    return Template(name, frozenset(codes), frozenset(languages.split()), mend, examples)


def at(span: Span, text: str | bytes) -> Edit:
    """Replace a span."""
    return Edit(span, text.encode() if isinstance(text, str) else text)


def before(offset: int, text: str) -> Edit:
    """Insert at an offset."""
    return Edit(Span(offset, offset), text.encode())
