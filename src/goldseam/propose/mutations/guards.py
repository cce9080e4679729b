"""Guards: `if not x: return …` before a statement, with what the function gives elsewhere."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, short
from goldseam.propose.trees.scope import CONTAINERS, NULL, NUMBER
from goldseam.propose.trees.tree import Does, Kind
from goldseam.propose.trees.writing import Piece

_MOST_VALUES = 4
_MOST_NAMES = 4
_Condition = tuple[Piece, float]


def of_statement(site: Site) -> Iterator[Change]:
    if not site.block.is_open or not _in_function(site) or site.statement.does is Does.FUNCTION:
        return
    is_first = site.block.parameters is not None and site.index == 0
    start = site.statement.span.start
    names = site.scope.parameters if is_first else site.scope.nearest(start, _MOST_NAMES)
    cost = 1.7 if is_first else 2.1
    for name in names:
        if name not in site.scope.names or not site.scope.bound_before(name, start):
            continue
        values = [*_values(name, site)][: None if is_first else _MOST_VALUES]
        for condition, more in _conditions(name, site):
            for value, further in values:
                text = site.tree.writing.returned(value)
                yield from _guarded(site, condition, text, cost + more + further)
            if site.in_loop:
                for jump in ("continue", "break"):
                    text = jump + site.tree.writing.end
                    yield from _guarded(site, condition, text, 2.0 + more)


def _in_function(site: Site) -> bool:
    return any(block.parameters is not None for block in (site.block, *site.outer))


def _guarded(site: Site, condition: Piece, statement: str, cost: float) -> Iterator[Change]:
    text = site.tree.writing.guarded(condition, statement, site.block.indentation, site.step)
    yield from site.before(text, cost, f"guard: `{statement}` if `{short(condition.text)}`")


def _conditions(name: str, site: Site) -> Iterator[_Condition]:
    writing, known, piece = site.tree.writing, site.scope.known(name), Piece(name)
    same = "is" if "is" in writing.inverse else "==="
    if not known & CONTAINERS or not writing.end:
        yield writing.negated(piece), 0.0
    if not known or NULL in known:
        yield writing.binary(same, piece, Piece(writing.null)), 0.2
    if known & CONTAINERS or not known:
        length = writing.length.of(piece)
        yield writing.binary(writing.operator("=="), length, Piece("0")), 0.1 if known else 0.5
        yield writing.binary("<=", length, Piece("1")), 0.3 if known else 0.6
    if NUMBER in known or not known:
        yield writing.binary("<=", piece, Piece("0")), 0.2 if known else 0.5
        yield writing.binary("<", piece, Piece("0")), 0.2 if known else 0.5


def _values(name: str, site: Site) -> Iterator[tuple[Piece | None, float]]:
    """What to return: as elsewhere in the function, the name itself, or a usual nothing."""
    writing, taken = site.tree.writing, set()
    plain = [one for one in site.scope.returned if one.precedence and "\n" not in one.text]
    for value, more in (
        *((one, 0.0) for one in plain[:_MOST_VALUES] if _is_known(one, site)),
        (Piece(name), 0.1),
        *((Piece(text), 0.2) for text in ("0", "[]", writing.null, writing.false, writing.true, "''", "1")),
    ):
        if value.text not in taken:
            taken.add(value.text)
            yield value, more


def _is_known(value: Piece, site: Site) -> bool:
    """Whether a value that the function returns elsewhere can be told here."""
    names = {
        part.text
        for statement in site.scope.statements
        if statement.value is not None and statement.value.text == value.text
        for part in statement.value.walk()
        if part.kind is Kind.NAME and part.text in site.scope.own
    }
    return all(site.scope.bound_before(name, site.statement.span.start) for name in names)


_MEAN = "def mean(rows):\n    if rows is None:\n        return 0\n    return sum(rows) / len(rows)\n"

FAMILY = Family(
    "guards",
    (
        hit(_MEAN, "    return sum", "    if not rows:\n        return 0\n    return sum"),
        hit(
            "def f(n):\n    return n * f(n - 1)\n",
            "    return",
            "    if n <= 0:\n        return 1\n    return",
        ),
        hit(
            "function f(a) {\n  return a.b;\n}\n",
            "  return a.b",
            "  if (!a) {\n    return null;\n  }\n  return a.b",
            name="program.js",
        ),
        hit(
            "<?php\nfunction f($a) {\n    return $a->b;\n}\n",
            "    return $a->b",
            "    if ($a === null) {\n        return null;\n    }\n    return $a->b",
            name="program.php",
        ),
        miss(_MEAN, "    return sum", "    if rows:\n        return 0\n    return sum"),
        miss("n = 1\nprint(n)\n", "print", "if not n:\n    return 0\nprint"),
    ),
    of_statement=of_statement,
)
