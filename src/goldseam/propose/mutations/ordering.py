"""The order of sorted rows: rising for falling, of some parts of the key only, by another part first."""

import re
from collections.abc import Iterator
from itertools import combinations

from goldseam.core.source import Edit, Span
from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced, retold
from goldseam.propose.trees.tree import Expression, Kind
from goldseam.propose.trees.writing import NEGATIVE, POSTFIX, Piece

_SORTS = re.compile(r"(?:.*\.)?(?:sorted|[ak]?r?sort|min|max|nsmallest|nlargest)")
_REVERSE = re.compile(r",\s*reverse=True|reverse=True,\s*")
_RISING = {"sort": "rsort", "asort": "arsort", "ksort": "krsort"}
_FALLING = _RISING | {falling: rising for rising, falling in _RISING.items()}
"""PHP's functions, each with its opposite."""
_MOST_PARTS = 4


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is not Kind.CALL or not _SORTS.fullmatch(at.parts[0].text):
        return
    reverse = _REVERSE.search(at.text)
    for key in (part for part in at.parts[1:] if part.kind is Kind.FUNCTION):
        parts = [inner for inner in key.parts if inner.kind is Kind.TUPLE]
        for row in parts[:1]:
            yield from _turned(at, row.parts[:_MOST_PARTS], reverse, site)
            for one, other in combinations(row.parts[:_MOST_PARTS], 2):
                yield exchanged(one, other, 0.8)
    if reverse is not None:
        yield Change((_without(at, reverse),), 0.9, "sorted the other way round")
    else:
        yield from _reversed(at, site)


def _turned(
    at: Expression, parts: tuple[Expression, ...], reverse: re.Match[str] | None, site: Site
) -> Iterator[Change]:
    """Some parts of the key the other way round; where all are, these alone."""
    for size in range(1, len(parts)):
        for some in combinations(parts, size):
            edits = [_negated(part, site) for part in some]
            if reverse is not None:
                edits.append(_without(at, reverse))
            names = ", ".join(f"`{part.text}`" for part in some)
            yield Change(tuple(sorted(edits)), 0.9 + 0.1 * size, f"sorted by {names} the other way round")


def _negated(part: Expression, site: Site) -> Edit:
    if part.kind is Kind.NEGATIVE:
        return Edit(part.span, part.parts[0].text.encode())
    text = part.piece.within(site.tree.writing.level(NEGATIVE))
    return Edit(part.span, f"-{text}".encode())


def _without(at: Expression, found: re.Match[str]) -> Edit:
    start = at.span.start + len(at.text[: found.start()].encode())
    return Edit(Span(start, start + len(found[0].encode())), b"")


def _reversed(at: Expression, site: Site) -> Iterator[Change]:
    callee = at.parts[0]
    if callee.text in _FALLING:
        yield retold(callee.span, callee.text, _FALLING[callee.text], 0.7)
    elif site.tree.writing.end and callee.kind is Kind.MEMBER:
        yield replaced(at, Piece(f"{at.text}.reverse()", POSTFIX), 0.9)
    elif callee.text.endswith(("sorted", ".sort")) and "reverse=" not in at.text:
        comma = ", " if len(at.parts) > 1 else ""
        end = at.span.end - 1
        yield Change(
            (Edit(Span(end, end), f"{comma}reverse=True".encode()),), 0.9, "sorted the other way round"
        )


_TABLE = "def table(rows):\n    return sorted(rows, key=lambda row: (row.points, row.name), reverse=True)\n"

FAMILY = Family(
    "ordering",
    (
        hit(_TABLE, "(row.points, row.name), reverse=True", "(-row.points, row.name)"),
        hit(_TABLE, ", reverse=True", ""),
        hit(_TABLE, "row.points, row.name", "row.name, row.points"),
        hit("def f(rows):\n    rows.sort(key=lambda r: (-r[0], r[1]))\n", "(-r[0], r[1])", "(r[0], r[1])"),
        hit("def f(rows):\n    return sorted(rows)\n", "sorted(rows)", "sorted(rows, reverse=True)"),
        hit("function f(a) {\n  return a.sort();\n}\n", "a.sort()", "a.sort().reverse()", name="program.js"),
        hit(
            "<?php\nfunction f($a) {\n    ksort($a);\n    return $a;\n}\n",
            "ksort",
            "krsort",
            name="program.php",
        ),
        miss("def f(rows):\n    return total(rows)\n", "total(rows)", "total(rows, reverse=True)"),
        miss(_TABLE, "(row.points, row.name)", "(-row.points, -row.name)"),
    ),
    of_expression,
)
