"""Slices and indexes: bounds one further, another place for a slice, a part or an element for the whole."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced
from goldseam.propose.trees.scope import LIST, NUMBER, ROWS, TEXT
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import Piece

_WHOLE = frozenset({Role.VALUE, Role.ARGUMENT, Role.ITERABLE, Role.RETURNED})
_AROUND = frozenset({Kind.CALL, Kind.LIST, Kind.OTHER})
_INSIDE = frozenset({Kind.NAME, Kind.MEMBER, Kind.CALL})
_MOST_NUMBERS = 6


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.INDEX:
        yield from _indexes(at, site)
    elif at.kind is Kind.SLICE:
        yield from _bounds(at, site)
        yield from _moved(at, site)
    if at.kind in (Kind.NAME, Kind.MEMBER) and at.role in _WHOLE and _may_be_row(at, site):
        yield from _parts(at, site)


def _may_be_row(at: Expression, site: Site) -> bool:
    return site.scope.may_be(at.text, ROWS) if at.kind is Kind.NAME else site.scope.type_of(at) == ""


def _indexes(at: Expression, site: Site) -> Iterator[Change]:
    writing, index = site.tree.writing, at.parts[1]
    if index.kind is Kind.TUPLE and len(index.parts) == 2:
        yield exchanged(index.parts[0], index.parts[1], 0.5)
    if index.text == "0" and "[:]" in writing.slices:
        yield replaced(index, Piece("-1"), 0.8)
    if index.text == "-1":
        yield replaced(index, Piece("0"), 0.8)
    if index.kind is Kind.NAME:
        last = writing.binary("-", writing.length.of(at.parts[0].piece), index.piece)
        yield replaced(index, writing.binary("-", last, Piece("1")), 1.4)
    if at.role is not Role.TARGET:
        yield replaced(at, at.parts[0].piece, 1.1)


def _bounds(at: Expression, site: Site) -> Iterator[Change]:
    receiver = at.parts[0].piece
    low, high, step = (bound.text if bound else "" for bound in (*at.bounds, None)[:3])
    names = _numbers(site)
    for new_low in ("", "0", "1", *names):
        if new_low != low and not (new_low == "0" and not low):
            yield replaced(at, _sliced(receiver, new_low, high, step), 0.9)
    for new_high in ("", "-1", *names):
        if new_high != high:
            yield replaced(at, _sliced(receiver, low, new_high, step), 0.9)
    for low_now, high_now in ((f"{low} + 1", high), (f"{low} - 1", high)) if low else ():
        yield replaced(at, _sliced(receiver, low_now, high_now, step), 0.7)
    for high_now in (f"{high} + 1", f"{high} - 1") if high else ():
        yield replaced(at, _sliced(receiver, low, high_now, step), 0.7)
    if low and high:
        yield replaced(at, _sliced(receiver, high, low, step), 1.0)
    yield replaced(at, _sliced(receiver, low, high, "" if step else "-1"), 1.2)
    yield replaced(at, receiver, 0.9)


def _moved(at: Expression, site: Site) -> Iterator[Change]:
    """The slice of what is around it, or of what is inside."""
    receiver = at.parts[0]
    low, high, step = (bound.text if bound else "" for bound in (*at.bounds, None)[:3])
    for outer in site.statement.own:
        if outer.kind in _AROUND and outer.role in _WHOLE and _holds(outer, at):
            text = _with(outer, at, receiver.text)
            yield replaced(outer, _sliced(Piece(text, outer.precedence), low, high, step), 1.1)
    for inner in receiver.walk():
        if inner.kind in _INSIDE and inner.role not in (Role.CALLEE, Role.RECEIVER) and inner is not receiver:
            text = _with(receiver, inner, _sliced(inner.piece, low, high, step).text)
            yield replaced(at, Piece(text, receiver.precedence), 1.1)


def _holds(outer: Expression, inner: Expression) -> bool:
    return (
        outer.span != inner.span and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
    )


def _with(outer: Expression, inner: Expression, text: str) -> str:
    """The text of `outer` with another one in place of `inner`."""
    data, start, end = outer.text.encode(), inner.span.start, inner.span.end
    begin = outer.span.start
    return data[: start - begin].decode() + text + data[end - begin :].decode()


def _sliced(receiver: Piece, low: str, high: str, step: str) -> Piece:
    tail = f":{step}" if step else ""
    return Piece(f"{receiver.within(90)}[{low}:{high}{tail}]", 90)


def _parts(at: Expression, site: Site) -> Iterator[Change]:
    writing = site.tree.writing
    for index in ("0", "-1") if "[:]" in writing.slices else ("0",):
        yield replaced(at, writing.index(at.piece, Piece(index)), 1.1)
    known = site.scope.known(at.text) & {LIST, TEXT}
    more = 0.0 if known or at.kind is Kind.NAME else 0.3
    for low, high, cost in (("1", "", 0.7), ("", "-1", 0.7)):
        for new in writing.sliced(at.piece, low, high):
            yield replaced(at, new, cost + more)
    for name in _numbers(site):
        if name != at.text:
            for low, high in ((name, ""), ("", name)):
                for new in writing.sliced(at.piece, low, high):
                    yield replaced(at, new, 1.0 + more)
    if "[:]" in writing.slices and at.kind is Kind.NAME:
        yield replaced(at, Piece(f"{at.text}[::-1]", 90), 1.2)


def _numbers(site: Site) -> list[str]:
    return site.scope.nearest(site.statement.span.end, _MOST_NUMBERS, NUMBER)


_TAIL = "def tail(rows, n):\n    rest = rows[1:n]\n    return rest[0]\n"

FAMILY = Family(
    "slices",
    (
        hit(
            "def f(a, n):\n    return [b for b in a[:n] if b]\n",
            "[b for b in a[:n] if b]",
            "[b for b in a if b][:n]",
        ),
        hit(
            "def f(a):\n    return [list(b) for b in zip(*a)][::-1]\n",
            "zip(*a)][::-1]",
            "zip(*a[::-1])]",
        ),
        hit("def f(rows, c):\n    return c < len(rows)\n", "len(rows)", "len(rows[0])"),
        hit(_TAIL, "rows[1:n]", "rows[1:n + 1]"),
        hit(_TAIL, "rows[1:n]", "rows[:n]"),
        hit(_TAIL, "rest[0]", "rest[-1]"),
        hit("def f(rows, k):\n    for row in rows:\n        print(row, k)\n", "in rows", "in rows[k:]"),
        hit("def f(seen, a, b):\n    return seen[a, b]\n", "[a, b]", "[b, a]"),
        hit("function f(rows) {\n  return g(rows);\n}\n", "g(rows)", "g(rows.slice(1))", name="program.js"),
        hit(
            "<?php\nfunction f($rows) {\n    return g($rows);\n}\n",
            "g($rows)",
            "g(array_slice($rows, 1))",
            name="program.php",
        ),
        miss("def f(n):\n    return g(n - 2, n)\n", ", n)", ", n[1:])"),
        miss("def f(rows):\n    rows[0] = 1\n", "rows[0]", "rows"),
    ),
    of_expression,
)
