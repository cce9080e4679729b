"""Comparisons: another operator, a boundary one further, operands of a membership test exchanged."""

from collections.abc import Iterator

from goldseam.propose.mutant import Change, Family, Site, exchanged, hit, miss, replaced, retold
from goldseam.propose.trees.tree import Expression, Kind
from goldseam.propose.trees.writing import Piece

_NEIGHBOURS = frozenset(map(frozenset, (("<", "<="), (">", ">="), ("==", "!="), ("<", ">"), ("<=", ">="))))
_LOOSE = frozenset({"==", "!="})


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is not Kind.COMPARISON:
        return
    writing = site.tree.writing
    for token in at.tokens:
        if token.text in writing.inverse and token.text not in _LOOSE:
            yield retold(token.span, token.text, writing.inverse[token.text], 0.5)
        now = writing.neutral(token.text)
        for other in _others(token.text, writing.comparisons):
            near = frozenset((now, writing.neutral(other))) in _NEIGHBOURS
            yield retold(token.span, token.text, other, 0.5 if near else 0.9)
        if token.text in ("is", "is not"):
            yield retold(token.span, token.text, "==" if token.text == "is" else "!=", 0.9)
    if len(at.parts) == 2:
        if at.operator in ("in", "not in"):
            yield exchanged(at.parts[0], at.parts[1], 1.0)
        yield from _boundaries(at, site)


def _others(operator: str, known: tuple[str, ...]) -> Iterator[str]:
    """Operators that could be meant instead, strict ones where the owner is strict."""
    if operator not in known and operator not in _LOOSE:
        return
    for other in known:
        text = other[:-1] if operator in _LOOSE and len(other) == 3 else other
        if text != operator:
            yield text


def _boundaries(at: Expression, site: Site) -> Iterator[Change]:
    """Another operator together with a constant one more or less."""
    left, right = at.parts
    if right.kind is not Kind.NUMBER or not right.text.isdecimal():
        return
    for other in _others(at.operator, site.tree.writing.comparisons):
        for number in (int(right.text) - 1, int(right.text) + 1):
            if number >= 0:
                new = site.tree.writing.binary(other, left.piece, Piece(str(number)))
                yield replaced(at, new, 1.0)


_LIMIT = "def over(amount, limit):\n    return amount < limit\n"
_SCRIPT = "function over(amount, limit) {\n  return amount === limit;\n}\n"

FAMILY = Family(
    "comparison",
    (
        hit(_LIMIT, "<", ">="),
        hit("def f(key, rows):\n    return key in rows\n", "key in rows", "key not in rows"),
        hit("def f(rows):\n    if len(rows) == 0:\n        return rows\n", "== 0", "<= 1"),
        hit(_SCRIPT, "===", "!==", name="program.js"),
        hit("<?php\nfunction f($a) {\n    return $a == 3;\n}\n", "==", "!=", name="program.php"),
        miss(_LIMIT, "amount < limit", "limit < amount"),
        miss(_SCRIPT, "===", "==", name="program.js"),
    ),
    of_expression,
)
