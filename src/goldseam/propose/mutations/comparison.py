"""Comparisons: another operator, a boundary one further, operands of a membership test exchanged."""

from collections.abc import Iterator

from goldseam.core.source import Edit
from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced, retold
from goldseam.propose.trees.scope import NUMBER
from goldseam.propose.trees.tree import Expression, Kind
from goldseam.propose.trees.writing import Piece

_NEIGHBOURS = frozenset(map(frozenset, (("<", "<="), (">", ">="), ("==", "!="), ("<", ">"), ("<=", ">="))))
_LOOSE = frozenset({"==", "!="})
_UNORDERED = 1.2
"""More for an order of what was compared for being equal and is no number."""


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    writing = site.tree.writing
    if at.kind is Kind.LOGIC:
        yield from _everywhere(at, writing.comparisons)
    if at.kind is not Kind.COMPARISON:
        return
    for token in at.tokens:
        if token.text in writing.inverse and token.text not in _LOOSE:
            yield retold(token.span, token.text, writing.inverse[token.text], 0.5)
        now = writing.neutral(token.text)
        for other in _others(token.text, writing.comparisons):
            near = frozenset((now, writing.neutral(other))) in _NEIGHBOURS
            odd = now in _LOOSE and writing.neutral(other) not in _LOOSE and not _has_order(at, site)
            yield retold(token.span, token.text, other, (0.5 if near else 0.9) + (_UNORDERED if odd else 0.0))
        if token.text in ("is", "is not"):
            yield retold(token.span, token.text, "==" if token.text == "is" else "!=", 0.9)
    if len(at.parts) == 2:
        if at.operator in ("in", "not in", "<=>"):
            yield exchanged(at.parts[0], at.parts[1], 0.6 if at.operator == "<=>" else 1.0)
        yield from _boundaries(at, site)


def _has_order(at: Expression, site: Site) -> bool:
    """Whether the operands may be numbers, as far as the text tells."""
    return not any(site.scope.type_of(part) not in ("", NUMBER) for part in at.parts)


def _everywhere(at: Expression, known: tuple[str, ...]) -> Iterator[Change]:
    """The same operator changed in all operands of a condition."""
    tokens = [part.tokens[0] for part in at.parts if part.kind is Kind.COMPARISON and len(part.tokens) == 1]
    if len(tokens) > 1 and len({token.text for token in tokens}) == 1:
        for other in _others(tokens[0].text, known):
            edits = tuple(Edit(token.span, other.encode()) for token in tokens)
            yield Change(edits, 1.0, f"`{tokens[0].text}` becomes `{other}` in all of the condition")


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
        hit("def f(a, b):\n    return a < 1 and b < 2\n", "a < 1 and b < 2", "a <= 1 and b <= 2"),
        hit(_SCRIPT, "===", "!==", name="program.js"),
        hit("<?php\nfunction f($a) {\n    return $a == 3;\n}\n", "==", "!=", name="program.php"),
        miss(_LIMIT, "amount < limit", "limit < amount"),
        miss(_SCRIPT, "===", "==", name="program.js"),
    ),
    of_expression,
)
