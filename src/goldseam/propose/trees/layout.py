"""How statements stand on lines: where others can be put between them, and with what indentation."""

import re
from collections.abc import Sequence
from itertools import pairwise

from goldseam.core.source import Span
from goldseam.propose.trees.tree import Block, Statement

_BLANK_END = re.compile(rb"[ \t]*(?:(?:#|//)[^\r\n]*)?(?=\r|\n|\Z)")
_LINE_END = re.compile(rb"\r\n|\r|\n|\Z")


def block_of(
    data: bytes,
    statements: tuple[Statement, ...],
    span: Span | None = None,
    *,
    is_else: bool = False,
    parameters: tuple[str, ...] | None = None,
) -> Block:
    """A block with its layout; `span` is given where it has braces."""
    if not statements:
        return Block((), span or Span(0, 0), "", False, is_else, parameters)
    indents = [indentation_at(data, statement.span.start) for statement in statements]
    open_ = all(indent is not None and indent == indents[0] for indent in indents) and all(
        _BLANK_END.match(data, statement.span.end) for statement in statements
    )
    around = span or Span(statements[0].span.start, statements[-1].span.end)
    return Block(statements, around, indents[0] or "", open_, is_else, parameters)


def indentation_at(data: bytes, offset: int) -> str | None:
    """The blanks before `offset` on its line; None if there is something else."""
    line = data[_line_start(data, offset) : offset]
    return None if line.strip(b" \t") else line.decode("ascii")


def whole_lines(data: bytes, span: Span) -> Span:
    """The lines that a statement of an open block stands on, the last line end included."""
    end = _LINE_END.search(data, span.end)
    return Span(_line_start(data, span.start), end.end() if end else len(data))


def line_end(data: bytes, offset: int) -> int:
    """Where the line of `offset` ends, before its line end."""
    end = _LINE_END.search(data, offset)
    return end.start() if end else len(data)


def step_of(blocks: Sequence[Block]) -> str:
    """One step of indentation: what a block stands further in than the one around it."""
    for outer, inner in pairwise(blocks):
        if inner.indentation.startswith(outer.indentation) and inner.indentation != outer.indentation:
            return inner.indentation[len(outer.indentation) :]
    return "    "


def shifted(text: str, old: str, new: str) -> str:
    """Lines of a statement from one indentation to another; the first line has none in `text`."""
    first, *rest = text.splitlines(keepends=True)
    return first + "".join(
        new + line[len(old) :] if line.startswith(old) and line.strip() else line for line in rest
    )


def _line_start(data: bytes, offset: int) -> int:
    return max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
