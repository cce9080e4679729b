"""What a source consists of, whatever its language: statements and expressions, each with its owner's bytes.

Spans are bytes of the file. An expression's `precedence` tells how tightly it binds (see `writing`), its
`needs` how tightly a text must bind that stands in its place, else it takes parentheses.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from goldseam.core.source import Span
from goldseam.propose.trees.writing import Piece, Writing


class Kind(StrEnum):
    """What an expression is."""

    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    NULL = "null"
    COMPARISON = "comparison"
    LOGIC = "logic"
    ARITHMETIC = "arithmetic"
    NOT = "not"
    NEGATIVE = "negative"
    CALL = "call"
    MEMBER = "member"
    INDEX = "index"
    SLICE = "slice"
    CONDITIONAL = "conditional"
    LIST = "list"
    TUPLE = "tuple"
    MAP = "map"
    FUNCTION = "function"
    OTHER = "other"


class Role(StrEnum):
    """What an expression is for, as far as that decides what may stand in its place."""

    VALUE = "value"
    CONDITION = "condition"
    ITERABLE = "iterable"
    CALLEE = "callee"
    RECEIVER = "receiver"
    ARGUMENT = "argument"
    RETURNED = "returned"
    INDEX = "index"
    TARGET = "target"


class Does(StrEnum):
    """What a statement does."""

    IF = "if"
    WHILE = "while"
    FOR = "for"
    RETURN = "return"
    ASSIGN = "assign"
    AUGMENT = "augment"
    EXPRESSION = "expression"
    JUMP = "jump"
    FUNCTION = "function"
    CLASS = "class"
    OTHER = "other"


LOOPS = frozenset({Does.WHILE, Does.FOR})
PLAIN = frozenset({Does.ASSIGN, Does.AUGMENT, Does.EXPRESSION, Does.JUMP, Does.RETURN})
"""Statements that hold no others."""


@dataclass(frozen=True, slots=True)
class Token:
    """An operator or name inside an expression, where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Expression:
    """`parts` by kind: operands; callee and arguments; receiver; receiver and index or bounds; items.

    `tokens` are the operators, of a member its name. `named` are those arguments that are given by name.
    `bounds` of a slice are low, high and step, None where left out; `names` are those that it binds.
    """

    kind: Kind
    span: Span
    text: str
    precedence: int
    role: Role
    needs: int
    parts: "tuple[Expression, ...]" = ()
    tokens: tuple[Token, ...] = ()
    named: int = 0
    bounds: "tuple[Expression | None, ...]" = ()
    names: tuple[str, ...] = ()

    @property
    def piece(self) -> Piece:
        """Its text, to be used elsewhere."""
        return Piece(self.text, self.precedence)

    @property
    def operator(self) -> str:
        return self.tokens[0].text if self.tokens else ""

    @property
    def positional(self) -> "tuple[Expression, ...]":
        """The arguments of a call that are given by place."""
        return self.parts[1 : len(self.parts) - self.named]

    def walk(self) -> "Iterator[Expression]":
        """Itself and all below it in the order of the text; the blocks of functions are not entered."""
        yield self
        for part in self.parts:
            yield from part.walk()


def as_target(expression: Expression) -> Expression:
    """An expression that is assigned to, with those of its items that are."""
    if expression.kind not in (Kind.TUPLE, Kind.LIST):
        return replace(expression, role=Role.TARGET)
    return replace(expression, role=Role.TARGET, parts=tuple(map(as_target, expression.parts)))


@dataclass(frozen=True, slots=True)
class Statement:
    """`target`, `value` and `operator` are those of an assignment; `value` also what is returned.

    `expressions` are all of its own, those of its blocks left out; the bodies of functions inside them are
    among its `blocks`. `declares` tells that its names are new here. `name` is that of a definition; `names`
    are what it binds.
    """

    does: Does
    span: Span
    text: str
    expressions: tuple[Expression, ...] = ()
    blocks: "tuple[Block, ...]" = ()
    target: Expression | None = None
    value: Expression | None = None
    operator: Token | None = None
    declares: bool = False
    name: str = ""
    names: tuple[str, ...] = ()

    def walk(self) -> "Iterator[Statement]":
        """Itself and all statements below it, in the order of the text."""
        yield self
        for block in self.blocks:
            for statement in block.statements:
                yield from statement.walk()

    @property
    def own(self) -> Iterator[Expression]:
        """All of its expressions at every depth."""
        for expression in self.expressions:
            yield from expression.walk()


@dataclass(frozen=True, slots=True)
class Block:
    """Statements in a row; `span` of a braced one includes its braces.

    Where `is_open`, each statement stands on lines of its own behind `indentation`, so that more can be put
    between them. `is_else` is what runs when no condition before it held. `parameters` are those of the
    function whose body it is, else None.
    """

    statements: tuple[Statement, ...]
    span: Span
    indentation: str = ""
    is_open: bool = True
    is_else: bool = False
    parameters: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """A source that parses."""

    path: str
    data: bytes
    writing: Writing
    top: Block

    def walk(self) -> Iterator[Statement]:
        for statement in self.top.statements:
            yield from statement.walk()
