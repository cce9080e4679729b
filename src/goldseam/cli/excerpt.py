"""The lines around a fault, fit for a terminal: the span marked, what is invisible shown, cut to width.

Widths are terminal cells: a wide character counts two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from goldseam.cli.printable import printable
from goldseam.core.source import UTF8_BOM, Span, lines_of, position_of

TAB = "    "
CUT = "…"
CONTEXT_LINES = 1
MOST_LINES = 3
"""Of a fault over many lines, so many are shown as its own."""
NEAR_BYTES = 600
"""So much of a line is read on each side of the mark: a minified file is one line of megabytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A shown line; `mark` are the cells of `text` that belong to the fault, None beside it."""

    number: int
    text: str
    mark: tuple[int, int] | None = None


def rows_around(data: bytes, span: Span, width: int, redacted: Callable[[str], str] = str) -> list[Row]:
    """The fault's lines with one on each side; `width` cells are there for text.

    A line that holds a secret is shown without it and without a mark.
    """
    lines = lines_of(data)
    if not lines:
        return []
    first = min(position_of(data, span.start)[0], len(lines))
    last = min(max(first, _last_line(data, span)), first + MOST_LINES - 1, len(lines))
    start = sum(map(len, lines[: first - 1]))
    rows = [_context(lines, number, width, redacted) for number in _before(first)]
    for number in range(first, last + 1):
        rows.append(_marked(lines[number - 1], number, start, span, width, redacted))
        start += len(lines[number - 1])
    after = range(last + 1, min(last + CONTEXT_LINES, len(lines)) + 1)
    return rows + [_context(lines, number, width, redacted) for number in after]


def _before(first: int) -> range:
    return range(max(1, first - CONTEXT_LINES), first)


def _last_line(data: bytes, span: Span) -> int:
    return position_of(data, max(span.start, span.end - 1))[0]


def _context(lines: list[bytes], number: int, width: int, redacted: Callable[[str], str]) -> Row:
    text = shown(redacted(_text(lines[number - 1].rstrip(b"\r\n")[:NEAR_BYTES])))
    return Row(number, cut(text, 0, width))


def _marked(
    line: bytes, number: int, start: int, span: Span, width: int, redacted: Callable[[str], str]
) -> Row:
    body = line.rstrip(b"\r\n")
    left, right = (min(max(0, offset - start), len(body)) for offset in (span.start, span.end))
    begin, end = max(0, left - NEAR_BYTES), min(len(body), right + NEAR_BYTES, left + 2 * NEAR_BYTES)
    parts = [_text(body[begin:left]), _text(body[left : min(right, end)]), _text(body[min(right, end) : end])]
    if redacted("".join(parts)) != "".join(parts):
        return Row(number, cut(shown(redacted("".join(parts))), 0, width))
    before, inside, after = map(shown, parts)
    mark = cell_len(before), cell_len(before) + max(1, cell_len(inside))
    return _windowed(number, before + inside + after, mark, width)


def _windowed(number: int, text: str, mark: tuple[int, int], width: int) -> Row:
    """The part of a long line in which its mark begins, a third of the width to its left."""
    from_cell = 0 if max(cell_len(text), mark[0] + 1) <= width else max(0, mark[0] - width // 3)
    visible = cut(text, from_cell, width)
    left = mark[0] - from_cell
    return Row(number, visible, (left, min(max(left + 1, mark[1] - from_cell), max(width, left + 1))))


def _text(data: bytes) -> str:
    return data.removeprefix(UTF8_BOM).decode("utf-8", "replace")


def shown(text: str) -> str:
    """`text` with tabs as spaces and whatever moves or hides text as escapes."""
    return "".join(TAB if part == "\t" else printable(part) for part in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for number, part in enumerate(text.split("\t")):
        if number:
            yield "\t"
        yield part


def cut(text: str, left: int, width: int) -> str:
    """The cells from `left` on, at most `width`; `…` stands where something was cut off."""
    if left == 0 and cell_len(text) <= width:
        return text
    kept, at = [], 0
    for character in text:
        size = cell_len(character)
        if at >= left and at + size <= left + width:
            kept.append(character)
        at += size
    if at > left + width and kept:
        kept[-1] = CUT
    if left and kept:
        kept[0] = CUT
    return "".join(kept)
