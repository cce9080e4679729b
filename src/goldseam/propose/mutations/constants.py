"""Constants: one more or less, another of the function's, the other truth value, a name, something empty."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, replaced
from goldseam.propose.trees.scope import CONTAINERS, NUMBER, TEXT
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import NEGATIVE, Piece

_ROUND = (0, 1, 2, 10, 100, 1000)
_MOST_OTHERS = 8


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.NUMBER:
        yield from _numbers(at, site)
    elif at.kind is Kind.STRING:
        yield from _texts(at, site)
    elif at.kind is Kind.BOOLEAN:
        writing = site.tree.writing
        flipped = writing.false if at.text.lower() == "true" else writing.true
        yield replaced(at, Piece(flipped), 0.5)
    elif at.kind is Kind.NULL:
        for text in (*site.scope.names, "0", "''", "[]", site.tree.writing.false):
            yield replaced(at, Piece(text), 1.0)
    elif at.kind is Kind.LIST and at.role is not Role.TARGET:
        yield from _lists(at, site)


def _numbers(at: Expression, site: Site) -> Iterator[Change]:
    if at.text.isdecimal() and (at.text == "0" or not at.text.startswith("0")):
        yield from _whole_numbers(at, int(at.text), site)
    for other in site.scope.numbers[:_MOST_OTHERS]:
        if other != at.text:
            yield replaced(at, Piece(other), 0.9)
    for name in site.scope.nearest(site.statement.span.end, _MOST_OTHERS, NUMBER):
        yield replaced(at, Piece(name), 1.0)


def _whole_numbers(at: Expression, now: int, site: Site) -> Iterator[Change]:
    for number, cost in ((now + 1, 0.5), (now - 1, 0.5), (now + 2, 1.1), (now - 2, 1.1)):
        yield replaced(at, _written(number, site), cost)
    for number in _ROUND:
        if abs(number - now) > 1:
            yield replaced(at, Piece(str(number)), 0.9 if number < 2 or str(now)[0] == "1" else 1.3)
    if now:
        yield replaced(at, _written(-now, site), 0.9)


def _written(number: int, site: Site) -> Piece:
    return Piece(str(number), site.tree.writing.level(NEGATIVE) if number < 0 else 100)


def _texts(at: Expression, site: Site) -> Iterator[Change]:
    quote = at.text[-1]
    for other in (*site.scope.texts[:_MOST_OTHERS], f"{quote}{quote}", f"{quote} {quote}"):
        if other != at.text and quote in "'\"`":
            yield replaced(at, Piece(other), 1.0)
    for name in site.scope.of_types(TEXT):
        if TEXT in site.scope.known(name):
            yield replaced(at, Piece(name), 1.2)


def _lists(at: Expression, site: Site) -> Iterator[Change]:
    writing, scope = site.tree.writing, site.scope
    if not at.parts:
        yield replaced(at, writing.members(writing.members()), 0.7)
        for name in scope.names:
            yield replaced(at, writing.members(Piece(name)), 0.7)
            if scope.may_be(name, CONTAINERS):
                yield replaced(at, Piece(name), 0.8)
    for number in range(len(at.parts)):
        rest = [part.piece for place, part in enumerate(at.parts) if place != number]
        yield replaced(at, writing.members(*rest), 0.9)


_RATE = "def price(amount):\n    return amount * 1.5 + 10 - 2.5\n"

FAMILY = Family(
    "constants",
    (
        hit(_RATE, "10", "11"),
        hit(_RATE, "1.5", "2.5"),
        hit("def f():\n    return True\n", "True", "False"),
        hit("def f(node):\n    return []\n", "[]", "[node]"),
        hit("function f(a) {\n  return a.join(', ');\n}\n", "', '", "''", name="program.js"),
        hit("<?php\nfunction f($a) {\n    return $a[0];\n}\n", "0", "1", name="program.php"),
        miss(_RATE, "1.5", "1.6"),
        miss("def f():\n    '''Text.'''\n    return 1\n", "'''Text.'''", "''"),
    ),
    of_expression,
)
