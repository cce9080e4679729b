"""Names: another one in scope, another member, a member for its object, a name for an expression."""

from collections.abc import Iterator

from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, replaced, retold
from goldseam.propose.trees.tree import Expression, Kind, Role
from goldseam.propose.trees.writing import Piece

_OTHER_TYPE = 0.9
_TWICE = 0.5
"""More for a name that the same call takes already."""
_DROPS = ("del ", "delete ", "unset(")
"""How statements begin that take something away: to take another thing away is hardly a repair."""
_COMPOUND = frozenset({Kind.CALL, Kind.INDEX, Kind.MEMBER, Kind.ARITHMETIC, Kind.CONDITIONAL, Kind.SLICE})
_MOST_MEMBERS = 10


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if site.statement.text.startswith(_DROPS) and at in site.statement.expressions:
        return
    if at.kind is Kind.NAME and at.role is not Role.CALLEE:
        yield from _names(at, site)
        if at.role is not Role.TARGET:
            yield from _members_of(at, site)
    elif at.kind is Kind.MEMBER and at.role is not Role.CALLEE:
        yield from _members(at, site)
    if at.kind in _COMPOUND and at.role not in (Role.CALLEE, Role.TARGET):
        yield from _for_expression(at, site)
    if at.kind is Kind.INDEX and at.role is Role.TARGET:
        yield from _targets(at, site)


def _names(at: Expression, site: Site) -> Iterator[Change]:
    scope, base = site.scope, 0.9 if at.role is Role.TARGET else 0.7
    given = _given_beside(at, site)
    for name in scope.names:
        if name == at.text or (at.text in scope.functions and at.role is not Role.ARGUMENT):
            continue
        far = 0.0 if name in scope.own else 0.3
        unbound = 0.0 if scope.bound_before(name, site.statement.span.end) else 0.6
        other = 0.0 if scope.agree(name, at.text) else _OTHER_TYPE
        alike = -0.1 if _alike(name, at.text) else 0.0
        twice = _TWICE if name in given else 0.0
        yield retold(at.span, at.text, name, base + far + unbound + other + alike + twice)


def _given_beside(at: Expression, site: Site) -> frozenset[str]:
    """The other arguments of the call that an argument is given to."""
    if at.role is not Role.ARGUMENT:
        return frozenset()
    calls = (one for one in site.statement.own if one.kind is Kind.CALL)
    around = [call for call in calls if any(part.span == at.span for part in call.parts[1:])]
    return frozenset(part.text for call in around for part in call.parts[1:] if part.span != at.span)


def _alike(one: str, other: str) -> bool:
    """Whether one name is the beginning or the end of the other."""
    short, long_ = sorted((one.lower(), other.lower()), key=len)
    return len(short) > 2 and (long_.startswith(short) or long_.endswith(short))


def _members(at: Expression, site: Site) -> Iterator[Change]:
    token = at.tokens[0]
    for member in site.scope.members:
        is_hidden = at.role is Role.TARGET and member in site.scope.methods
        if member != token.text and not is_hidden:
            more = 0.0 if member not in site.scope.methods else 0.5
            yield retold(token.span, token.text, member, 0.9 + more)
    yield replaced(at, at.parts[0].piece, 1.3)


def _members_of(at: Expression, site: Site) -> Iterator[Change]:
    """A member of the object instead of the object, of those that the file reads of it."""
    if at.role in (Role.RECEIVER, Role.ITERABLE) or site.scope.known(at.text):
        return
    for other in _read_of(at.text, site)[:_MOST_MEMBERS]:
        yield replaced(at, Piece(other, 90), 1.2)


def _read_of(name: str, site: Site) -> list[str]:
    found = [
        one.text
        for statement in site.scope.statements
        for one in statement.own
        if one.kind is Kind.MEMBER and one.role is not Role.CALLEE and one.parts[0].text == name
    ]
    return list(dict.fromkeys(found))


def _for_expression(at: Expression, site: Site) -> Iterator[Change]:
    scope, type_ = site.scope, site.scope.type_of(at)
    for name in scope.names:
        if scope.bound_before(name, site.statement.span.start):
            other = 0.0 if not type_ or scope.may_be(name, {type_}) else _OTHER_TYPE
            named = 0.0 if name in at.text else 0.2
            yield replaced(at, Piece(name), 1.0 + other + named)


def _targets(at: Expression, site: Site) -> Iterator[Change]:
    """Another container, at one of the places that a pair names."""
    index = at.parts[1]
    if index.kind is Kind.TUPLE:
        for name in site.scope.names:
            for part in index.parts:
                yield replaced(at, site.tree.writing.index(Piece(name), part.piece), 1.1)


_COUNT = """def count(rows, seen):
    total = 0
    for row in rows:
        total += row.size
    return rows
"""

FAMILY = Family(
    "names",
    (
        hit(_COUNT, "return rows", "return total"),
        hit(_COUNT, "in rows", "in seen"),
        hit("def f(a, b):\n    c = g(a, b)\n    return g(c, a)\n", "return g(c, a)", "return c"),
        hit("def f(a):\n    return a.low + a.high\n", "a.low", "a.high"),
        hit("def f(n, m, k):\n    n[m, k] = 1\n", "n[m, k]", "m[k]"),
        hit("function f(a, b) {\n  return a + a;\n}\n", "a + a", "a + b", name="program.js"),
        hit(
            "<?php\nfunction f($a, $b) {\n    return [$a, $a];\n}\n",
            "[$a, $a]",
            "[$a, $b]",
            name="program.php",
        ),
        miss(_COUNT, "for row", "for total.size"),
        miss("def f(rows, at):\n    del rows[at]\n    return rows\n", "del rows[at]", "del at"),
        miss("class A:\n    def f(self, a):\n        self.a = a\n", "self.a", "self.f"),
        miss("def f(rows):\n    return len(rows)\n", "len", "rows"),
    ),
    of_expression,
)
