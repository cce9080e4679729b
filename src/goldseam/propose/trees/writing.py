"""How a language writes things: operators and how tightly they bind, constants, statements, usual calls.

New text is made of pieces, each with the precedence of its outermost operator; a piece takes parentheses
only where its place binds tighter than it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

LOOSEST = 0
"""An unparenthesised tuple; every other expression binds tighter."""
ARGUMENT = 1
POSTFIX = 90
ATOM = 100
NOT = "not"
CHOICE = "?:"
NEGATIVE = "-x"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of an expression and how tightly it binds."""

    text: str
    precedence: int = ATOM

    def within(self, needs: int) -> str:
        """The text for a place that binds as tightly as `needs`."""
        spread = "\n" in self.text and self.precedence < POSTFIX
        return f"({self.text})" if self.precedence < needs or spread else self.text


@dataclass(frozen=True, slots=True)
class Form:
    """A call or the like around one value, ``{}``; `takes` and `gives` are types of `scope`, or empty."""

    text: str
    takes: frozenset[str] = frozenset()
    gives: str = ""
    needs: int = ARGUMENT

    def of(self, piece: Piece) -> Piece:
        return Piece(self.text.format(piece.within(self.needs)), POSTFIX)


@dataclass(frozen=True, slots=True)
class Writing:
    """A language's table.

    `levels` are the precedences of its operators, by the texts that the neutral ones have here; `spelt` maps
    neutral operators (`and`, `==`) to those. `alike` are functions and methods that are mistaken for one
    another, `extras` last arguments that calls of a function often lack. In statements ``{0}`` and ``{1}``
    stand for expressions; `guard` is a whole conditional statement of condition, statement, indentation, one
    step of it and line end.
    """

    levels: Mapping[str, int]
    spelt: Mapping[str, str]
    arithmetic: tuple[str, ...]
    comparisons: tuple[str, ...]
    null: str
    true: str
    false: str
    end: str
    guard: str
    append: str
    include: str | None
    length: Form
    larger: str
    smaller: str
    wraps: tuple[Form, ...]
    slices: tuple[str, ...]
    inverse: Mapping[str, str]
    alike: tuple[frozenset[str], ...]
    extras: Mapping[str, tuple[str, ...]]
    has_truth: bool = True
    right_associative: frozenset[str] = frozenset({"**"})
    builtins: Mapping[str, str] = field(default_factory=dict)

    def operator(self, neutral: str) -> str:
        return self.spelt.get(neutral, neutral)

    def neutral(self, operator: str) -> str:
        """The neutral operator that is spelt so."""
        return next((name for name, text in self.spelt.items() if text == operator), operator)

    def level(self, operator: str) -> int:
        """How tightly an operator binds, as this language spells it."""
        return self.levels.get(operator, ARGUMENT)

    def binary(self, operator: str, left: Piece, right: Piece) -> Piece:
        """Two operands; comparisons never stand beside each other without parentheses."""
        level = self.level(operator)
        alone = operator in self.comparisons or operator in self.inverse
        reverse = operator in self.right_associative
        before = left.within(level + (alone or reverse))
        after = right.within(level if reverse else level + 1)
        return Piece(f"{before} {operator} {after}", level)

    def logic(self, neutral: str, left: Piece, right: Piece) -> Piece:
        """`and` or `or`, which may stand in rows."""
        operator = self.operator(neutral)
        level = self.level(operator)
        return Piece(f"{left.within(level)} {operator} {right.within(level)}", level)

    def negated(self, piece: Piece) -> Piece:
        sign, level = self.operator(NOT), self.level(NOT)
        space = " " if sign.isalpha() else ""
        return Piece(f"{sign}{space}{piece.within(level)}", level)

    def call(self, function: str, *arguments: Piece) -> Piece:
        given = ", ".join(argument.within(ARGUMENT) for argument in arguments)
        return Piece(f"{function}({given})", POSTFIX)

    def index(self, container: Piece, at: Piece) -> Piece:
        return Piece(f"{container.within(POSTFIX)}[{at.text}]", POSTFIX)

    def sliced(self, container: Piece, low: str, high: str) -> tuple[Piece, ...]:
        """The part of a list or text from `low` to `high`, either may be empty; in all ways to write it."""
        return tuple(
            Piece(text, POSTFIX)
            for form in self.slices
            if (text := _slice(form, container, low, high)) is not None
        )

    def members(self, *items: Piece) -> Piece:
        """A list."""
        return Piece(f"[{', '.join(item.within(ARGUMENT) for item in items)}]")

    def assigned(self, target: str, value: Piece) -> str:
        return f"{target} = {value.text}{self.end}"

    def appended(self, container: str, value: Piece) -> str:
        return self.append.format(container, value.within(ARGUMENT)) + self.end

    def included(self, container: str, value: Piece) -> str | None:
        """A statement that adds to a set, where there are sets."""
        return None if self.include is None else self.include.format(container, value.text) + self.end

    def returned(self, value: Piece | None) -> str:
        return f"return {value.text}{self.end}" if value else f"return{self.end}"

    def guarded(self, condition: Piece, statement: str, indentation: str, step: str) -> str:
        """A conditional statement; its first line without indentation, its line ends plain."""
        text = self.guard.format(condition=condition.text, statement=statement, step=step)
        return text.replace("\n", "\n" + indentation)


def _slice(form: str, container: Piece, low: str, high: str) -> str | None:
    if form == "[:]":
        return f"{container.within(POSTFIX)}[{low}:{high}]"
    if form.startswith("."):
        bounds = ", ".join((low or "0", high) if high else (low or "0",))
        return f"{container.within(POSTFIX)}{form}({bounds})"
    if high and low:
        high = f"{high} - {low}" if not high.startswith("-") else high
    bounds = ", ".join((low or "0", high) if high else (low or "0",))
    return f"{form}({container.within(ARGUMENT)}, {bounds})"
