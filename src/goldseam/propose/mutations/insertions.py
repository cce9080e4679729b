"""Statements out of nothing: a value appended, added or assigned, a counter moved on, a loop left."""

from collections.abc import Iterator
from itertools import permutations

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss
from goldseam.propose.trees.scope import LIST, NUMBER, SET
from goldseam.propose.trees.tree import Does
from goldseam.propose.trees.writing import Piece

_ENDS = frozenset({Does.RETURN, Does.JUMP})
_MOST_NAMES = 8
_Statement = tuple[str, float]


def of_statement(site: Site) -> Iterator[Change]:
    if site.statement.does in (Does.FUNCTION, Does.CLASS) or not site.block.is_open:
        return
    for text, cost in _new(site):
        yield from site.before(text, cost)
    if site.is_last and site.statement.does not in _ENDS:
        for text, cost in _new(site):
            yield from site.after(text, cost)
        if site.block.parameters is not None:
            yield from _ends(site)


def _new(site: Site) -> Iterator[_Statement]:
    scope, writing = site.scope, site.tree.writing
    bound = scope.nearest(site.statement.span.end, _MOST_NAMES)
    for container, value in permutations(bound, 2):
        types = scope.known(container)
        if LIST in types or not types:
            yield writing.appended(container, Piece(value)), 1.4 if types else 1.6
        included = writing.included(container, Piece(value))
        if included and SET in types:
            yield included, 1.4
        if container in scope.own and scope.agree(container, value):
            yield writing.assigned(container, Piece(value)), 1.5
    for name in bound:
        if NUMBER in scope.known(name) and name in scope.own:
            for sign in ("+=", "-="):
                yield f"{name} {sign} 1{writing.end}", 1.6
    if site.in_loop:
        yield f"break{writing.end}", 1.9
        yield f"continue{writing.end}", 1.9


def _ends(site: Site) -> Iterator[Change]:
    """A value returned where a function ends without one."""
    for name in site.scope.names:
        if name in site.scope.own:
            yield from site.after(site.tree.writing.returned(Piece(name)), 1.1)
    for value in site.scope.returned:
        yield from site.after(site.tree.writing.returned(value), 1.3)


_SPLIT = """def split(rows):
    parts = []
    seen = set()
    for row in rows:
        if row not in seen:
            print(row)
    return parts
"""

FAMILY = Family(
    "insertions",
    (
        hit(_SPLIT, "print(row)\n", "print(row)\n            parts.append(row)\n"),
        hit(_SPLIT, "            print(row)\n", "            seen.add(row)\n            print(row)\n"),
        hit("def f(n):\n    m = n + 1\n", "n + 1\n", "n + 1\n    return m\n"),
        hit("def f(n):\n    while n - 1:\n        g(n)\n", "g(n)\n", "g(n)\n        n -= 1\n"),
        hit(
            "function f(a) {\n  const b = [];\n  g(a);\n  return b;\n}\n",
            "g(a);\n",
            "g(a);\n  b.push(a);\n",
            name="program.js",
        ),
        hit(
            "<?php\nfunction f($a) {\n    $b = [];\n    g($a);\n    return $b;\n}\n",
            "g($a);\n",
            "g($a);\n    $b[] = $a;\n",
            name="program.php",
        ),
        miss("def f(n):\n    if n: return 1\n    return n\n", "if n: return 1", "if n: break; return 1"),
        miss(_SPLIT, "    return parts\n", "    parts.append(rows)\n    break\n    return parts\n"),
    ),
    of_statement=of_statement,
)
