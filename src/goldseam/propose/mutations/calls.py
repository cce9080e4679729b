"""Calls: arguments exchanged or dropped, another function of the same kind, a call taken away or added."""

from collections.abc import Iterator
from itertools import combinations

from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, replaced, retold
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import POSTFIX, Piece

_MOST_FUNCTIONS = 12


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.CALL:
        yield from _arguments(at, site)
        yield from _callees(at, site)
    elif _is_uncalled(at, site):
        yield replaced(at, Piece(f"{at.text}()", POSTFIX), 1.0)


def _is_uncalled(at: Expression, site: Site) -> bool:
    """Whether an expression names a function or method that it does not call."""
    if at.role in (Role.CALLEE, Role.TARGET):
        return False
    if at.kind is Kind.MEMBER:
        return at.operator in site.scope.methods
    return at.kind is Kind.NAME and at.text in site.scope.functions


def _arguments(at: Expression, site: Site) -> Iterator[Change]:
    callee, given = at.parts[0], at.positional
    for one, other in combinations(given, 2):
        if one.text != other.text:
            yield exchanged(one, other, 0.5)
    for argument in given:
        if argument.precedence:
            yield replaced(at, argument.piece, 0.7)
    if callee.kind is Kind.MEMBER:
        receiver = callee.parts[0]
        yield replaced(at, receiver.piece, 0.9)
        if len(given) == 1 and given[0].precedence:
            yield exchanged(receiver, given[0], 0.9)
            yield replaced(at, site.tree.writing.binary("+", receiver.piece, given[0].piece), 1.3)
    if len(given) > 1:
        for number in range(len(given)):
            yield _without(at, number)
    yield from _with_more(at, site)


def _with_more(at: Expression, site: Site) -> Iterator[Change]:
    """An argument more, of those that calls of this function often have."""
    callee = at.parts[0]
    name = callee.operator if callee.kind is Kind.MEMBER else callee.text
    for extra in site.tree.writing.extras.get(name, ()):
        given, equals, _ = extra.partition("=")
        if (
            at.text.endswith(")")
            and all(part.precedence for part in at.positional)
            and not (equals and f"{given}=" in at.text)
        ):
            comma = ", " if len(at.parts) > 1 else ""
            yield replaced(at, Piece(f"{at.text[:-1]}{comma}{extra})", at.precedence), 1.1)
    if callee.text == "range" and len(at.parts) == 2:
        yield replaced(at, Piece(f"range(1, {at.parts[1].text})", at.precedence), 0.9)


def _without(at: Expression, number: int) -> Change:
    rest = [part.text for place, part in enumerate(at.positional) if place != number]
    head = at.text[: _bytes_to_characters(at, at.positional[0].span.start)]
    tail = at.text[_bytes_to_characters(at, at.positional[-1].span.end) :]
    return replaced(at, Piece(head + ", ".join(rest) + tail, at.precedence), 1.2)


def _bytes_to_characters(at: Expression, offset: int) -> int:
    return len(at.text.encode()[: offset - at.span.start].decode())


def _callees(at: Expression, site: Site) -> Iterator[Change]:
    callee, scope, writing = at.parts[0], site.scope, site.tree.writing
    if callee.kind is Kind.MEMBER:
        token = callee.tokens[0]
        for method in sorted(_alike(token.text, site)):
            yield retold(token.span, token.text, method, 0.6)
        for method in scope.methods:
            if method != token.text:
                yield retold(token.span, token.text, method, 1.0)
    elif callee.kind is Kind.NAME:
        for function in sorted(_alike(callee.text, site)):
            yield retold(callee.span, callee.text, function, 0.6)
        is_usual = callee.text in writing.builtins or bool(_alike(callee.text, site))
        for function in scope.functions[:_MOST_FUNCTIONS]:
            if function != callee.text and not is_usual:
                yield retold(callee.span, callee.text, function, 1.0)


def _alike(name: str, site: Site) -> set[str]:
    return {other for row in site.tree.writing.alike if name in row for other in row if other != name}


_LOOK = (
    "def look(low, high):\n    return max(find(high, low), low)\n\ndef find(a, b):\n    return a.lower()\n"
)

FAMILY = Family(
    "calls",
    (
        hit(_LOOK, "find(high, low)", "find(low, high)"),
        hit(_LOOK, "find(high, low)", "high"),
        hit(_LOOK, "max(", "min("),
        hit(_LOOK, "a.lower()", "a.upper()"),
        hit(_LOOK, "find(high, low)", "find(high)"),
        hit("def f(rows):\n    return sorted(rows)\n", "(rows)\n", "(rows, reverse=True)\n"),
        hit("function f(a) {\n  return a.sort();\n}\n", "()", "((a, b) => a - b)", name="program.js"),
        miss("def f(a):\n    return sorted(a, key=g)\n", "key=g", "key=g, key=len"),
        hit("def f(a, b):\n    b = b.size()\n    return a.size\n", "a.size", "a.size()"),
        hit("function f(a) {\n  return a.pop();\n}\n", "pop", "shift", name="program.js"),
        hit(
            "<?php\nfunction f($a, $b) {\n    return g($a, $b);\n}\n",
            "$a, $b);",
            "$b, $a);",
            name="program.php",
        ),
        miss(_LOOK, "max(", "find("),
        miss("def f(a):\n    return g(a, key=a.b)\n", "a, key=a.b", "a.b, key=a"),
    ),
    of_expression,
)
