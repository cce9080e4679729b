"""Conditions: `and` for `or`, an operand dropped, negated, strengthened or weakened by what is in scope."""

from collections.abc import Iterator
from itertools import permutations

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, replaced, retold
from goldseam.propose.trees.scope import CONTAINERS, NUMBER, Scope
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import Piece

_MOST_NAMES = 12
_MOST_NUMBERS = 5
_MOST_MEMBERS = 8
_ATOMS = frozenset({Kind.NAME, Kind.MEMBER, Kind.INDEX, Kind.CALL})
_Atom = tuple[Piece, float]


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.LOGIC:
        yield from _rows(at, site)
    if at.role is Role.CONDITION:
        yield from _negations(at, site)
        if _is_whole(at, site):
            yield from _joined(at, site)


def _rows(at: Expression, site: Site) -> Iterator[Change]:
    writing = site.tree.writing
    other = "or" if writing.neutral(at.operator) == "and" else "and"
    if len(at.tokens) == 1:
        new = writing.logic(other, at.parts[0].piece, at.parts[1].piece)
        if new.precedence >= at.needs:
            yield retold(at.tokens[0].span, at.operator, writing.operator(other), 0.6)
        else:
            yield replaced(at, new, 0.6)
    else:
        for token in at.tokens:
            yield retold(token.span, token.text, writing.operator(other), 0.8)
    for place in range(len(at.parts)):
        rest = [part.piece for number, part in enumerate(at.parts) if number != place]
        new = rest[0]
        for piece in rest[1:]:
            new = writing.logic(writing.neutral(at.operator), new, piece)
        yield replaced(at, new, 0.8)


def _negations(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.NOT:
        yield replaced(at, at.parts[0].piece, 0.8)
        yield from _against_null(at.parts[0], at, _is(site.scope), site)
    elif at.kind in _ATOMS or at.kind is Kind.LOGIC or len(at.tokens) > 1:
        yield replaced(at, site.tree.writing.negated(at.piece), 0.9)
        yield from _against_null(at, at, _is_not(site.scope), site)


def _against_null(value: Expression, at: Expression, operator: str, site: Site) -> Iterator[Change]:
    """Only what is missing counts as false, not what is empty or zero."""
    if value.kind in _ATOMS:
        writing = site.tree.writing
        yield replaced(at, writing.binary(operator, value.piece, Piece(writing.null)), 0.9)


def _is_whole(at: Expression, site: Site) -> bool:
    """Whether an expression is no operand of a longer condition."""
    return not any(at in outer.parts for outer in site.statement.own if outer.kind in (Kind.LOGIC, Kind.NOT))


def _joined(at: Expression, site: Site) -> Iterator[Change]:
    writing = site.tree.writing
    for atom, more in _atoms(site):
        if atom.text in at.text and atom.text != at.text and at.kind is not Kind.COMPARISON:
            more += 0.3
        if at.kind in (Kind.BOOLEAN, Kind.NUMBER):
            yield replaced(at, atom, 0.6 + more)
            continue
        for neutral in ("or", "and"):
            yield replaced(at, writing.logic(neutral, atom, at.piece), 1.2 + more)
            yield replaced(at, writing.logic(neutral, at.piece, atom), 1.25 + more)


def _atoms(site: Site) -> Iterator[_Atom]:
    """Conditions on what is in scope, the likelier ones cheaper."""
    scope, writing = site.scope, site.tree.writing
    here = site.statement.span.end
    names = scope.nearest(here, _MOST_NAMES)
    for name in names:
        yield from _on_name(Piece(name), name, scope)
    for text in dict.fromkeys(_members(site)):
        member = Piece(text, 90)
        yield member, 0.4
        yield writing.negated(member), 0.4
        yield writing.binary(_is(scope), member, Piece(writing.null)), 0.3
        yield writing.binary(_is_not(scope), member, Piece(writing.null)), 0.4
    numbers = scope.nearest(here, _MOST_NUMBERS, NUMBER)
    for one, other in permutations(numbers, 2):
        yield writing.binary("<", Piece(one), Piece(other)), 0.7
        if one < other:
            yield writing.binary(writing.operator("=="), Piece(one), Piece(other)), 0.8


def _on_name(piece: Piece, name: str, scope: Scope) -> Iterator[_Atom]:
    writing = scope.writing
    known = scope.known(name)
    yield piece, 0.2
    yield writing.negated(piece), 0.1
    typed = 0.3 if known & (CONTAINERS | {NUMBER}) else 0.0
    yield writing.binary(_is(scope), piece, Piece(writing.null)), typed
    yield writing.binary(_is_not(scope), piece, Piece(writing.null)), typed + 0.2
    if not known or NUMBER in known:
        yield writing.binary(writing.operator("=="), piece, Piece("0")), 0.4
        yield writing.binary(">", piece, Piece("0")), 0.5
        yield writing.binary("<", piece, Piece("0")), 0.5
    if known & CONTAINERS:
        length = writing.length.of(piece)
        yield writing.binary(writing.operator("=="), length, Piece("0")), 0.3
        yield writing.binary(">", length, Piece("0")), 0.4


def _is(scope: Scope) -> str:
    return "is" if "is" in scope.writing.inverse else "==="


def _is_not(scope: Scope) -> str:
    return "is not" if "is" in scope.writing.inverse else "!=="


def _members(site: Site) -> Iterator[str]:
    """Members of names that the function reads, the nearest first."""
    found = [
        one.text
        for statement in site.scope.statements
        for one in statement.own
        if one.kind is Kind.MEMBER and one.role is not Role.CALLEE and one.parts[0].kind is Kind.NAME
    ]
    yield from list(dict.fromkeys(found))[:_MOST_MEMBERS]


_NODE = "def follow(node, goal):\n    while node.next:\n        if node and goal:\n            return node\n"

FAMILY = Family(
    "conditions",
    (
        hit(_NODE, "node and goal", "node or goal"),
        hit(_NODE, "node and goal", "node"),
        hit(_NODE, "node.next:", "node is not None and node.next:"),
        hit("def f(rows):\n    if not rows:\n        rows = []\n", "not rows", "rows is None"),
        hit("def f(queue):\n    while True:\n        queue.pop()\n", "True", "queue"),
        hit(
            "function f(a, b) {\n  if (a > b) return a;\n}\n",
            "a > b",
            "a > b && b !== null",
            name="program.js",
        ),
        hit("<?php\nfunction f($a) {\n    if (!$a) return 1;\n}\n", "!$a", "$a", name="program.php"),
        hit(
            "<?php\nfunction f($a, $b) {\n    if ($a) return 1;\n}\n",
            "($a)",
            "(!$b || $a)",
            name="program.php",
        ),
        miss(_NODE, "node and goal", "goal and node"),
        miss("def f(a):\n    return a\n", "return a", "return not a"),
    ),
    of_expression,
)
