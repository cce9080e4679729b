"""Returned values: another one, two combined, a constant that should follow from a variable."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced
from goldseam.propose.trees.scope import LIST, NUMBER, TEXT
from goldseam.propose.trees.tree import Does, Expression, Kind
from goldseam.propose.trees.writing import Piece

_CONSTANTS = frozenset({Kind.NUMBER, Kind.BOOLEAN, Kind.NULL, Kind.STRING})


def of_statement(site: Site) -> Iterator[Change]:
    value = site.statement.value
    if site.statement.does is not Does.RETURN or value is None:
        return
    for name in site.scope.names:
        if not site.scope.bound_before(name, site.statement.span.start):
            continue
        if value.kind in _CONSTANTS:
            yield from _from_name(name, value, site)
        if name != value.text:
            yield from _combined(name, value, site)
    for other in site.scope.returned:
        if other.text != value.text:
            yield replaced(value, other, 0.9)
    if value.kind is Kind.TUPLE and len(value.parts) == 2:
        yield exchanged(value.parts[0], value.parts[1], 0.8)
    if value.kind is not Kind.NAME and not site.tree.writing.end:
        yield site.instead(value.text, 1.5)


def _from_name(name: str, value: Expression, site: Site) -> Iterator[Change]:
    writing, piece = site.tree.writing, Piece(name)
    yield replaced(value, piece, 0.8)
    yield replaced(value, writing.negated(piece), 0.9)
    if site.scope.may_be(name, {NUMBER}) and value.kind is Kind.BOOLEAN:
        for operator in ("==", "!=", ">", "<"):
            new = writing.binary(writing.operator(operator), piece, Piece("0"))
            yield replaced(value, new, 0.8)


def _combined(name: str, value: Expression, site: Site) -> Iterator[Change]:
    writing, type_ = site.tree.writing, site.scope.type_of(value)
    joined = {LIST, TEXT, NUMBER} if not type_ else {type_}
    if value.kind in (Kind.BOOLEAN, Kind.NULL, Kind.COMPARISON) or not site.scope.may_be(name, joined):
        return
    sign = "." if "." in writing.levels and type_ == TEXT else "+"
    yield replaced(value, writing.binary(sign, Piece(name), value.piece), 1.1)
    yield replaced(value, writing.binary(sign, value.piece, Piece(name)), 1.2)


_PAIRS = "def pairs(rows, rest):\n    if not rows:\n        return False\n    return [rows]\n"

FAMILY = Family(
    "returned",
    (
        hit(_PAIRS, "return [rows]", "return rest + [rows]"),
        hit(_PAIRS, "return False", "return not rest"),
        hit(_PAIRS, "return False", "return [rows]"),
        hit("def f(a, b):\n    return a, b\n", "a, b\n", "b, a\n"),
        hit("function f(depth) {\n  return true;\n}\n", "true", "depth === 0", name="program.js"),
        hit("<?php\nfunction f($a) {\n    return 0;\n}\n", "0", "$a", name="program.php"),
        miss("def f(a):\n    return a\n", "return a", "return a + a"),
        miss(_PAIRS, "return [rows]", "return"),
    ),
    of_statement=of_statement,
)
