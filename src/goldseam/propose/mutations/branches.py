"""Branches: a condition's two ways exchanged, an `else` too many or missing, `elif` for `if`."""

from collections.abc import Iterator

from goldseam.core.source import Edit, Span
from goldseam.propose.mutating.mutant import Change, Family, Site, exchanged, hit, miss, short
from goldseam.propose.trees.layout import line_end, shifted
from goldseam.propose.trees.tree import PLAIN, Block, Does, Expression, Kind


def of_expression(at: Expression, site: Site) -> Iterator[Change]:
    if at.kind is Kind.CONDITIONAL:
        yield exchanged(at.parts[1], at.parts[2], 0.7)


def of_statement(site: Site) -> Iterator[Change]:
    statement = site.statement
    if statement.does is not Does.IF:
        return
    if len(statement.blocks) == 2 and statement.blocks[1].is_else:
        body, other = statement.blocks
        if body.is_open and other.is_open:
            yield _swapped(body, other, site)
            yield from _flattened(body, other, site)
    if len(statement.blocks) == 1 and site.block.is_open:
        yield from _chained(site)
    if site.block.is_else:
        yield from _unchained(site)


def _swapped(body: Block, other: Block, site: Site) -> Change:
    edits = (
        Edit(_inner(body), _text(other, site).encode()),
        Edit(_inner(other), _text(body, site).encode()),
    )
    return Change(edits, 1.1, "the two ways of a condition change places")


def _flattened(body: Block, other: Block, site: Site) -> Iterator[Change]:
    """What stood behind `else` always happens."""
    if site.block.is_open:
        head = site.tree.data[site.statement.span.start : _end_of(body, site)].decode()
        text = shifted(_text(other, site), other.indentation, site.block.indentation)
        yield site.instead(
            f"{head}{site.newline}{site.block.indentation}{text}", 1.4, "what is behind `else` always happens"
        )


def _end_of(body: Block, site: Site) -> int:
    return body.span.end if site.tree.writing.end else line_end(site.tree.data, body.span.end)


def _chained(site: Site) -> Iterator[Change]:
    """The next statement only where the condition does not hold."""
    if site.is_last:
        return
    following = site.block.statements[site.index + 1]
    if following.does is Does.IF:
        start = following.span.start
        if site.tree.writing.end:
            edit = Edit(Span(site.statement.span.end, start), b" else ")
        else:
            edit = Edit(Span(start, start + 2), b"elif")
        yield Change((edit,), 1.0, f"`{short(following.text)}` only if the condition before did not hold")
    elif following.does in PLAIN and not following.declares and "\n" not in following.text:
        inside = site.block.indentation + site.step
        gap = Span(site.statement.span.end, following.span.start)
        if site.tree.data[gap.start : gap.end].strip():
            return
        line, newline = site.block.indentation, site.newline
        if site.tree.writing.end:
            text = f" else {{{newline}{inside}{following.text}{newline}{line}}}"
        else:
            text = f"{newline}{line}else:{newline}{inside}{following.text}"
        edit = Edit(Span(gap.start, following.span.end), text.encode())
        yield Change((edit,), 1.5, f"`{short(following.text)}` only if the condition did not hold")


def _unchained(site: Site) -> Iterator[Change]:
    """A condition that is asked whether the one before it held or not."""
    data, start = site.tree.data, site.statement.span.start
    told = f"`{short(site.statement.text)}` whether the condition before held or not"
    before = data[:start].rstrip()
    if data.startswith(b"elif", start):
        yield Change((Edit(Span(start, start + 4), b"if"),), 1.0, told)
    elif site.outer and site.tree.writing.end and before.endswith(b"else"):
        end = len(before.removesuffix(b"else").rstrip())
        text = site.newline + site.outer[-1].indentation
        yield Change((Edit(Span(end, start), text.encode()),), 1.0, told)


def _inner(block: Block) -> Span:
    return Span(block.statements[0].span.start, block.statements[-1].span.end)


def _text(block: Block, site: Site) -> str:
    span = _inner(block)
    return site.tree.data[span.start : span.end].decode()


_SIGN = """def sign(n):
    if n > 0:
        m = 1
    else:
        m = 2
    return m if n else 0
"""
_TWO = "def f(n):\n    if n > 9:\n        n = 1\n    if n > 3:\n        n = 2\n    n += 1\n    return n\n"

FAMILY = Family(
    "branches",
    (
        hit(_SIGN, "m if n else 0", "0 if n else m"),
        hit(_SIGN, "    else:\n        m = 2\n", "    m = 2\n"),
        hit(_TWO, "    if n > 3", "    elif n > 3"),
        hit(_TWO.replace("    if n > 3", "    elif n > 3"), "    elif n > 3", "    if n > 3"),
        hit(
            "function f(a) {\n  if (a) {\n    g();\n  } else if (b) {\n    h();\n  }\n}\n",
            "  } else if (b) {",
            "  }\n  if (b) {",
            name="program.js",
        ),
        hit(_TWO, "    n += 1\n", "    else:\n        n += 1\n"),
        hit(
            "function f(a) {\n  if (a) {\n    g();\n  } else {\n    h();\n  }\n}\n",
            "    g();\n  } else {\n    h();\n",
            "    h();\n  } else {\n    g();\n",
            name="program.js",
        ),
        hit(
            "<?php\nfunction f($a) {\n    if ($a) {\n        g();\n    }\n    h();\n}\n",
            "    }\n    h();\n",
            "    } else {\n        h();\n    }\n",
            name="program.php",
        ),
        miss("def f(n):\n    if n: return 1\n    else: return 2\n", "    else: return 2\n", "    return 2\n"),
        miss(_SIGN, "if n > 0", "elif n > 0"),
    ),
    of_expression,
    of_statement,
)
