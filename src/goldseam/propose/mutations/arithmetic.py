"""Arithmetic: another operator, operands exchanged, dropped or grouped anew, a term added."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced, retold
from goldseam.propose.trees.scope import LIST, NUMBER, TEXT
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import NEGATIVE, Piece

_USUAL = frozenset({"+", "-", "*"})
_COMMUTES = frozenset({"*", "&", "|", "^"})
_PLACES = frozenset({Role.VALUE, Role.ARGUMENT, Role.RETURNED, Role.INDEX})
_PLAIN = frozenset({Kind.NAME, Kind.INDEX, Kind.MEMBER, Kind.CALL})
_MOST_NAMES = 8
_ONE = Piece("1")


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.ARITHMETIC:
        yield from _operators(at, site)
        yield from _operands(at, site)
    if at.role in _PLACES and site.scope.is_number(at) and at.kind is not Kind.NUMBER:
        yield from _terms(at, site)
    if at.kind is Kind.NEGATIVE:
        yield replaced(at, at.parts[0].piece, 0.8)
    elif at.kind in _PLAIN and at.role in _PLACES and site.scope.is_number(at):
        level = site.tree.writing.level(NEGATIVE)
        yield replaced(at, Piece(f"-{at.piece.within(level)}", level), 0.9)


def _operators(at: Expression, site: Site) -> Iterator[Change]:
    writing, token = site.tree.writing, at.tokens[0]
    joins = site.scope.type_of(at) in (TEXT, LIST)
    for other in writing.arithmetic:
        if other != token.text and not joins:
            grouped = writing.level(other) == writing.level(token.text)
            cost = 0.8 if other in _USUAL else 1.0 if other in ("/", "//", "%", "&") else 1.3
            if grouped:
                yield retold(token.span, token.text, other, cost)
            else:
                yield replaced(at, writing.binary(other, at.parts[0].piece, at.parts[1].piece), cost)


def _operands(at: Expression, site: Site) -> Iterator[Change]:
    left, right = at.parts
    adds_numbers = at.operator == "+" and site.scope.type_of(at) == NUMBER
    if at.operator not in _COMMUTES and not adds_numbers:
        yield exchanged(left, right, 0.6)
    yield replaced(at, left.piece, 0.6)
    yield replaced(at, right.piece, 0.6)
    yield from _rounded_up(at, site)
    writing = site.tree.writing
    for inner, first in ((left, True), (right, False)):
        if inner.kind is Kind.ARITHMETIC and inner.needs:
            one, other = inner.parts
            if first:
                grouped = writing.binary(at.operator, other.piece, right.piece)
                yield replaced(at, writing.binary(inner.operator, one.piece, grouped), 1.0)
            else:
                grouped = writing.binary(at.operator, left.piece, one.piece)
                yield replaced(at, writing.binary(inner.operator, grouped, other.piece), 1.0)


def _rounded_up(at: Expression, site: Site) -> Iterator[Change]:
    """A whole quotient rounded up, also where one was added to it."""
    division = at.parts[0] if at.operator == "+" and at.parts[1].text == "1" else at
    if division.kind is Kind.ARITHMETIC and division.operator == "//":
        writing, (one, other) = site.tree.writing, division.parts
        more = writing.binary("-", writing.binary("+", one.piece, other.piece), _ONE)
        yield replaced(at, writing.binary("//", more, other.piece), 1.0)


def _terms(at: Expression, site: Site) -> Iterator[Change]:
    writing, scope = site.tree.writing, site.scope
    plain = at.kind in _PLAIN
    for sign in ("+", "-"):
        yield replaced(at, writing.binary(sign, at.piece, _ONE), 0.6 if plain else 0.7)
    yield replaced(at, writing.binary("**", at.piece, Piece("2")), 1.0)
    for name in scope.nearest(site.statement.span.end, _MOST_NAMES, NUMBER):
        if name != at.text:
            for sign, more in (("-", 0.0), ("+", 0.0), ("*", 0.3)):
                yield replaced(at, writing.binary(sign, at.piece, Piece(name)), 1.2 + more)


_MEAN = "def mean(total, count, spread):\n    return total + spread / count\n"
_JOIN = "def label(name):\n    return 'x' + name\n"

FAMILY = Family(
    "arithmetic",
    (
        hit(_MEAN, "total + spread / count", "total - spread / count"),
        hit(_MEAN, "total + spread / count", "(total + spread) / count"),
        hit(_MEAN, "total + spread / count", "total + spread / (count - 1)"),
        hit("def f(a, b):\n    return a // b + 1\n", "a // b + 1", "(a + b - 1) // b"),
        hit("def f(a, low):\n    return a + 1 < low\n", "< low", "< -low"),
        hit(_JOIN, "'x' + name", "name + 'x'"),
        hit("function f(a, b) {\n  return a - b;\n}\n", "a - b", "b - a", name="program.js"),
        hit(
            "<?php\nfunction f($a, $b) {\n    return $a * $b;\n}\n", "$a * $b", "$a + $b", name="program.php"
        ),
        miss(_JOIN, "'x' + name", "'x' - name"),
        miss("def f(a):\n    return a * 2\n", "a * 2", "2 * a"),
    ),
    of_expression,
)
