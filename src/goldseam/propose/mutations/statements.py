"""Statements: deleted, moved up, down, into a block or out of one, copied from nearby."""

from collections.abc import Iterator

from goldseam.core.source import Edit, Span
from goldseam.propose.mutating.mutant import Change, Family, Site, hit, miss, short
from goldseam.propose.trees.layout import line_end, shifted, whole_lines
from goldseam.propose.trees.tree import PLAIN, Block, Does, Kind, Statement

_MOST_COPIES = 10
_HOLDERS = frozenset({Does.IF, Does.WHILE, Does.FOR})


def of_statement(site: Site) -> Iterator[Change]:
    yield from _jumps(site)
    if site.statement.does in PLAIN or site.statement.does in _HOLDERS:
        yield from _deleted(site)
        yield from _moved(site)
    yield from _assigned(site)
    if site.statement.does in PLAIN or site.statement.does in _HOLDERS:
        yield from _copied(site)
        yield from _unwrapped(site)


def _jumps(site: Site) -> Iterator[Change]:
    """The end of a round for the end of a loop, and the other way round."""
    for one, other in (("break", "continue"), ("continue", "break")):
        if site.statement.does is Does.JUMP and site.statement.text.startswith(one) and site.in_loop:
            yield site.instead(other + site.statement.text[len(one) :], 0.8)


def _deleted(site: Site) -> Iterator[Change]:
    told = f"delete `{short(site.statement.text)}`"
    if site.block.is_open and len(site.block.statements) > 1 and not site.statement.declares:
        cost = 1.3 if site.statement.does is Does.RETURN else 1.0
        size = 0.2 * len(site.statement.blocks)
        yield Change((site.without(),), cost + size, told)
    elif site.block.is_open and not site.tree.writing.end:
        yield site.instead("pass", 1.4, told)


def _moved(site: Site) -> Iterator[Change]:
    block, statement = site.block, site.statement
    if not block.is_open:
        return
    told = f"move `{short(statement.text)}`"
    if not site.is_last:
        other = block.statements[site.index + 1]
        edits = (Edit(statement.span, other.text.encode()), Edit(other.span, statement.text.encode()))
        yield Change(edits, 1.0, f"{told} down")
        yield from _into(other, site, told)
        if site.index + 2 < len(block.statements):
            yield _put(site, block.statements[site.index + 2], told)
    if site.outer and len(block.statements) > 1 and block.parameters is None:
        outer, owner = site.outer[-1], site.owners[-1]
        if outer.is_open:
            if site.is_last:
                yield _put(site, owner, told, outer)
            if site.index == 0:
                yield _put_before(site, owner, told, outer)
    if site.index and statement.does in PLAIN:
        yield from _into(block.statements[site.index - 1], site, told, at_end=True)


def _put(site: Site, behind: Statement, told: str, block: Block | None = None) -> Change:
    """The statement moved behind another one of its block, or of an outer one."""
    into = block or site.block
    end = whole_lines(site.tree.data, behind.span).end
    text = into.indentation + site.text_for(into) + site.newline
    if not site.tree.data[:end].endswith((b"\n", b"\r")):
        text = site.newline + text.removesuffix(site.newline)
    cost = 1.2 if block else 1.3
    return Change((site.without(), Edit(Span(end, end), text.encode())), cost, f"{told} behind")


def _put_before(site: Site, other: Statement, told: str, block: Block) -> Change:
    text = site.text_for(block) + site.newline + block.indentation
    start = other.span.start
    return Change((Edit(Span(start, start), text.encode()), site.without()), 1.3, f"{told} before the block")


def _into(other: Statement, site: Site, told: str, *, at_end: bool = False) -> Iterator[Change]:
    """The statement moved to the beginning of the next statement's block, or the end of that before."""
    if len(site.block.statements) < 2 or site.statement.declares or other.does is Does.FUNCTION:
        return
    for block in other.blocks:
        if not block.is_open or block.parameters is not None:
            continue
        text = site.text_for(block)
        if at_end:
            end = line_end(site.tree.data, block.statements[-1].span.end)
            put = Edit(Span(end, end), (site.newline + block.indentation + text).encode())
        else:
            start = block.statements[0].span.start
            put = Edit(Span(start, start), (text + site.newline + block.indentation).encode())
        yield Change((site.without(), put), 1.3, f"{told} into the block")


def _assigned(site: Site) -> Iterator[Change]:
    """An assignment instead of a method call with one argument, and the other way round."""
    statement, writing = site.statement, site.tree.writing
    if statement.does is Does.EXPRESSION and len(statement.expressions) == 1:
        call = statement.expressions[0]
        if call.kind is Kind.CALL and call.parts[0].kind is Kind.MEMBER and len(call.parts) == 2:
            receiver = call.parts[0].parts[0]
            if receiver.kind in (Kind.NAME, Kind.INDEX, Kind.MEMBER):
                yield site.instead(writing.assigned(receiver.text, call.parts[1].piece), 0.9)
        yield site.instead(writing.returned(call.piece), 1.1)
    elif (
        statement.does is Does.ASSIGN
        and statement.target is not None
        and statement.value is not None
        and not statement.declares
        and statement.target.kind in (Kind.NAME, Kind.INDEX)
    ):
        yield site.instead(writing.appended(statement.target.text, statement.value.piece), 1.4)


def _copied(site: Site) -> Iterator[Change]:
    """A plain statement of the same function, once more here."""
    others = [
        other
        for other in site.scope.statements
        if other.does in PLAIN and other.does is not Does.RETURN and other is not site.statement
    ]
    others.sort(key=lambda other: abs(other.span.start - site.statement.span.start))
    for other in (*others[:_MOST_COPIES], *site.scope.elsewhere[:_MOST_COPIES]):
        if other.declares or "\n" in other.text:
            continue
        neighbours = site.block.statements[max(0, site.index - 1) : site.index + 1]
        if all(other is not near for near in neighbours):
            yield from site.before(other.text, 1.6, f"copy `{short(other.text)}`")
        if site.is_last and site.statement.does not in (Does.RETURN, Does.JUMP):
            yield from site.after(other.text, 1.6, f"copy `{short(other.text)}`")


def _unwrapped(site: Site) -> Iterator[Change]:
    """A conditional statement's body without the condition."""
    statement = site.statement
    if statement.does is not Does.IF or len(statement.blocks) != 1 or not site.block.is_open:
        return
    body = statement.blocks[0]
    if body.is_open:
        text = site.tree.data[body.statements[0].span.start : body.statements[-1].span.end].decode()
        yield site.instead(shifted(text, body.indentation, site.block.indentation), 1.5)


_WALK = """def walk(rows):
    seen = []
    for row in rows:
        print(row)
        seen.append(row)
        rows.sort()
    return seen
"""

FAMILY = Family(
    "statements",
    (
        hit(_WALK, "        print(row)\n", ""),
        hit(
            _WALK,
            "        print(row)\n        seen.append(row)\n",
            "        seen.append(row)\n        print(row)\n",
        ),
        hit(_WALK, "        rows.sort()\n    return", "    rows.sort()\n    return"),
        hit(_WALK, "    for row in rows:\n        print(row)\n", "    print(row)\n    for row in rows:\n"),
        hit("def f(a):\n    for b in a:\n        if b:\n            break\n", "break", "continue"),
        hit("def f(a, b):\n    a.add(b)\n    return a\n", "a.add(b)", "a = b"),
        hit("def f(a, b):\n    a.add(b)\n", "a.add(b)", "return a.add(b)"),
        hit("function f(a) {\n  a.sort();\n  return a;\n}\n", "  a.sort();\n", "", name="program.js"),
        hit(
            "<?php\nfunction f($a) {\n    sort($a);\n    return $a;\n}\n",
            "    sort($a);\n",
            "",
            name="program.php",
        ),
        miss("function f(a) {\n  const b = a;\n  return b;\n}\n", "  const b = a;\n", "", name="program.js"),
        miss("def f(a):\n    return a\n", "    return a\n", ""),
    ),
    of_statement=of_statement,
)
