"""What a mutation operator is: it looks at one expression or statement and tells small changes of its text.

A change is edits of the smallest span; its `cost` says how unlikely it is, from about 0.5 (an off-by-one) to
2.5 (a statement out of nothing). Operators never look outside the function that they are in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldseam.core.source import Edit, Span
from goldseam.propose.trees.layout import line_end, shifted, whole_lines
from goldseam.propose.trees.scope import Scope
from goldseam.propose.trees.tree import LOOPS, Block, Does, Expression, Statement, Tree
from goldseam.propose.trees.writing import Piece

_ASYNC = re.compile(r"(?:@.*\n\s*)*(?:export\s+(?:default\s+)?|static\s+)?async\b")


@dataclass(frozen=True, slots=True)
class Change:
    """Edits of one file, and what they do in a sentence."""

    edits: tuple[Edit, ...]
    cost: float
    why: str


@dataclass(frozen=True, slots=True)
class Site:
    """A statement where it stands: place `index` of `block`; `outer` are the blocks around, outermost first.

    `owners` are the statements whose blocks those are. `step` is one step of indentation, `newline` the
    file's line end.
    """

    tree: Tree
    scope: Scope
    statement: Statement
    block: Block
    index: int
    outer: tuple[Block, ...]
    owners: tuple[Statement, ...]
    step: str
    newline: str

    @property
    def in_loop(self) -> bool:
        """Whether the innermost function around has a loop around the statement."""
        for owner, block in zip(self.owners[::-1], (self.block, *self.outer[::-1]), strict=False):
            if block.parameters is not None:
                return False
            if owner.does in LOOPS:
                return True
        return False

    @property
    def in_async(self) -> bool:
        """Whether the innermost function around may await."""
        functions = [owner for owner in self.owners if owner.does is Does.FUNCTION]
        return bool(functions) and _ASYNC.match(functions[-1].text) is not None

    @property
    def is_last(self) -> bool:
        return self.index == len(self.block.statements) - 1

    def before(self, text: str, cost: float, why: str | None = None) -> Iterator[Change]:
        """`text` as a statement before this one; nothing where no line can be put there."""
        if self.block.is_open:
            start = self.statement.span.start
            written = self._lines(text) + self.newline + self.block.indentation
            yield Change((_edit(Span(start, start), written),), cost, why or f"insert `{text}`")

    def after(self, text: str, cost: float, why: str | None = None) -> Iterator[Change]:
        """`text` as a statement behind this one."""
        if self.block.is_open:
            end = line_end(self.tree.data, self.statement.span.end)
            written = self.newline + self.block.indentation + self._lines(text)
            yield Change((_edit(Span(end, end), written),), cost, why or f"insert `{text}`")

    def instead(self, text: str, cost: float, why: str | None = None) -> Change:
        """`text` in place of the statement."""
        told = why or f"`{short(self.statement.text)}` becomes `{short(text)}`"
        return Change((_edit(self.statement.span, self._lines(text)),), cost, told)

    def without(self) -> Edit:
        """The edit that takes the statement away, with its lines; only of an open block."""
        return Edit(whole_lines(self.tree.data, self.statement.span), b"")

    def text_for(self, block: Block) -> str:
        """The statement's text with the indentation of another block, and the comment behind it."""
        end = self.statement.span.end
        behind = self.tree.data[end : line_end(self.tree.data, end)].decode("utf-8", "ignore").rstrip()
        return shifted(self.statement.text, self.block.indentation, block.indentation) + behind

    def _lines(self, text: str) -> str:
        return text if self.newline == "\n" or "\r" in text else text.replace("\n", self.newline)


OfExpression = Callable[[Expression, Site], Iterable[Change]]
OfStatement = Callable[[Site], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class Example:
    """One source and a change of it that a family tells, or, of a near miss, does not."""

    before: str
    after: str
    is_hit: bool = True
    name: str = "program.py"


@dataclass(frozen=True, slots=True)
class Family:
    """Operators of one kind; `examples` prove them."""

    name: str
    examples: Sequence[Example]
    of_expression: OfExpression | None = None
    of_statement: OfStatement | None = None


def replaced(expression: Expression, new: Piece, cost: float) -> Change:
    """`new` in place of an expression, with parentheses where its place asks for them."""
    text = new.within(expression.needs)
    why = f"`{short(expression.text)}` becomes `{short(new.text)}`"
    return Change((_edit(expression.span, text),), cost, why)


def retold(span: Span, old: str, new: str, cost: float) -> Change:
    """Other text for an operator or a name."""
    return Change((_edit(span, new),), cost, f"`{old}` becomes `{new}`")


def exchanged(one: Expression, other: Expression, cost: float) -> Change:
    """Two expressions that change places."""
    edits = (
        _edit(one.span, other.piece.within(one.needs)),
        _edit(other.span, one.piece.within(other.needs)),
    )
    return Change(edits, cost, f"`{short(one.text)}` and `{short(other.text)}` change places")


def short(text: str, most: int = 60) -> str:
    """The first line of a text, not too long of it."""
    line = text.strip().partition("\n")[0].rstrip("\r")
    return line if len(line) <= most else line[: most - 1] + "…"


def hit(source: str, old: str, new: str, name: str = "program.py") -> Example:
    """The family changes `old` in `source` to `new`."""
    return Example(source, _changed(source, old, new), name=name)


def miss(source: str, old: str, new: str, name: str = "program.py") -> Example:
    """The family does not change `old` in `source` to `new`."""
    return Example(source, _changed(source, old, new), is_hit=False, name=name)


def _changed(source: str, old: str, new: str) -> str:
    if source.count(old) != 1:
        raise ValueError(f"`{old}` stands {source.count(old)} times in the example")
    return source.replace(old, new)


def _edit(span: Span, text: str) -> Edit:
    return Edit(span, text.encode())
