"""Values inside a call: the usual conversions, the larger or smaller of two; and results that are awaited."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, replaced
from goldseam.propose.trees.scope import NUMBER
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import Piece

_PLACES = frozenset({Role.VALUE, Role.ARGUMENT, Role.RETURNED, Role.ITERABLE, Role.INDEX})
_MOST_NAMES = 6
_KINDS = frozenset({
    Kind.NAME, Kind.CALL, Kind.INDEX, Kind.MEMBER, Kind.ARITHMETIC, Kind.SLICE, Kind.OTHER,
})  # fmt: skip


_AWAIT = "await"


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.CALL and at.role not in (Role.CALLEE, Role.TARGET) and site.in_async:
        yield from _awaited(at, site)
    if at.role not in _PLACES or at.kind not in _KINDS or not at.precedence:
        return
    writing, type_ = site.tree.writing, site.scope.type_of(at)
    for form in writing.wraps:
        if type_ and form.takes and type_ not in form.takes:
            continue
        if form.takes == frozenset({NUMBER}) and at.role is Role.ITERABLE:
            continue
        known = 0.0 if type_ else 0.4
        yield replaced(at, form.of(at.piece), 1.3 + known)
    if site.scope.is_number(at) and at.role is not Role.ITERABLE:
        yield from _bounded(at, site)


def _awaited(at: Expression, site: Site) -> Iterator[Change]:
    level = site.tree.writing.levels.get(_AWAIT)
    before = site.tree.data[: at.span.start].rstrip()
    if level is not None and not before.endswith(_AWAIT.encode()):
        yield replaced(at, Piece(f"{_AWAIT} {at.piece.within(level)}", level), 0.8)


def _bounded(at: Expression, site: Site) -> Iterator[Change]:
    writing, scope = site.tree.writing, site.scope
    others = [(Piece("0"), -0.1), (Piece("1"), 0.1)]
    others += [
        (Piece(name), 0.0)
        for name in scope.nearest(site.statement.span.end, _MOST_NAMES, NUMBER)
        if name != at.text
    ]
    for other, more in others:
        for function in (writing.larger, writing.smaller):
            yield replaced(at, writing.call(function, other, at.piece), 1.3 + more)


_BEST = "def best(rows, floor):\n    top = rows[0] - floor\n    return top\n"

FAMILY = Family(
    "wrapping",
    (
        hit(_BEST, "rows[0] - floor", "max(0, rows[0] - floor)"),
        hit(_BEST, "rows[0] - floor", "abs(rows[0] - floor)"),
        hit("def f(rows):\n    return rows\n", "return rows", "return sorted(rows)"),
        hit("function f(a, b) {\n  return a / b;\n}\n", "a / b", "Math.floor(a / b)", name="program.js"),
        hit(
            "<?php\nfunction f($a, $b) {\n    return $a - $b;\n}\n",
            "$a - $b",
            "abs($a - $b)",
            name="program.php",
        ),
        hit("async def f(g):\n    x = g()\n    return x\n", "g()\n", "await g()\n"),
        hit("async def f(g):\n    return g().x\n", "g()", "(await g())"),
        hit("async function f(g) {\n  return g() + 1;\n}\n", "g() + 1", "await g() + 1", name="program.js"),
        miss("async def f(g):\n    return await g()\n", "await g()", "await await g()"),
        miss("def f(g):\n    return g()\n", "g()", "await g()"),
        miss("def f(a, b):\n    return a == b\n", "a == b", "abs(a == b)"),
        miss("def f(a):\n    return 'x'\n", "'x'", "abs('x')"),
    ),
    of_expression,
)
