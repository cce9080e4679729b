"""Holes in a region of code: where they begin and end, by lines and indentation.

The shapes are those that healed most per second when they were measured: from a suspicious line to the end
of its block, the body anew, a single statement, an expression, an insertion.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_letters, digits, punctuation

from goldseam.core.hole import Hole
from goldseam.propose.asking.answer import Region

MOST_BLOCK_LINES = 12
WINDOW_LINES = 3
PREFIX_CHARACTERS, SUFFIX_CHARACTERS = 3_000, 900
CHARACTERS_A_TOKEN = 3.0
MOST_TOKENS = 200
MOST_BODY_TOKENS = 400
STATEMENT_TOKENS = 48

MOST_HEAD_LINES = 30
LONGEST_LINE = 400
"""A longer line is no place for an expression: it was not written by hand."""

_STARTS = ascii_letters + digits + punctuation
_EXPRESSION = re.compile(
    r"(?P<before>\s*(?:(?:\} ?)?else if|elif|if|while|return|yield|assert|for\b.*?\bin|(?:const|let|var)?\s*"
    r"[\w.$\[\]'\"]+\s*(?:[-+*/|&%]|//|\*\*)?=(?!=)))(?P<value>\s*[^\s].*?)(?P<after>\s*[:{;]?\s*)$"
)
_OPENED = re.compile(r"[:{]\s*(?:#.*|//.*|/\*.*)?$")
_DOCUMENTATION = re.compile(r"\s*(?:[rRuU]?\"\"\"|[rRuU]?''')")


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines `first` to `end` of a region's text, from 0, the end excluded, to be written anew.

    `before` and `after` are what stays of the first and last line, where only a part of it is the gap.
    `stop` ends what is written; `max_tokens` bounds it.
    """

    first: int
    end: int
    max_tokens: int
    stop: tuple[str, ...]
    before: str = ""
    after: str = ""


def block_gap(region: Region, line: int) -> Gap | None:
    """From a line to the end of its block, or of a part of it where the block is long."""
    lines = region.text.split("\n")
    depth = _indent(lines[line])
    end = _block_end(lines, line, depth)
    if end - line > MOST_BLOCK_LINES:
        end = _window_end(lines, line, end, depth)
    return _gap(region, line, end, depth)


def body_gap(region: Region, head: int) -> Gap | None:
    """The body of the definition at line `head`, without what documents it."""
    lines = region.text.split("\n")
    first = body_start(lines, head)
    if first is None:
        return None
    depth = _indent(lines[first])
    gap = _gap(region, first, _block_end(lines, first, depth), depth, MOST_BODY_TOKENS)
    return gap if gap and gap.end > gap.first else None


def statement_gap(region: Region, first: int, end: int) -> Gap | None:
    """The lines of one statement."""
    lines = region.text.split("\n")
    if end - first == 1:
        return Gap(first, end, STATEMENT_TOKENS, ("\n",))
    return _gap(region, first, end, _indent(lines[first]) + 1)


def expression_gap(region: Region, line: int) -> Gap | None:
    """What stands behind `if`, `return` or `=` in a line."""
    text = region.text.split("\n")[line]
    match = _EXPRESSION.match(text) if len(text) <= LONGEST_LINE else None
    if match is None or match["value"].rstrip().endswith(("(", "[", "{")):
        return None
    after = match["after"]
    return Gap(line, line + 1, STATEMENT_TOKENS, ("\n",), match["before"], after)


def insertion_gap(region: Region, line: int) -> Gap | None:
    """A place for new lines before a line."""
    depth = _indent(region.text.split("\n")[line])
    return Gap(line, line, STATEMENT_TOKENS * 2, _dedents(region, depth))


def hole_of(
    region: Region,
    gap: Gap,
    context: str,
    callers: tuple[str, ...],
    beside: tuple[tuple[str, str], ...],
    *,
    temperature: float,
    samples: int,
    seed: int,
    seconds: float,
) -> Hole:
    """The gap as a question: what the function uses, its lines up to the gap, those after, its callers."""
    lines = [region.margin + line if line.strip() else line for line in region.text.split("\n")]
    before = _with_head("\n".join([*lines[: gap.first], ""]), PREFIX_CHARACTERS)
    apart = "\n\n" if region.margin else "\n\n\n"
    comment = comment_above(region)
    opening = (context + apart if context else "") + (f"{comment}\n" if comment else "")
    after = "\n".join(lines[gap.end :])[:SUFFIX_CHARACTERS].rstrip("\n")
    after = "\n\n\n".join(text for text in (after, "\n".join(callers)) if text)
    start = region.margin + gap.before if gap.before else ""
    return Hole(
        prefix=opening + before + start,
        suffix=f"{gap.after}\n{after}\n" if gap.before else f"{after}\n",
        max_tokens=gap.max_tokens,
        temperature=temperature,
        seconds=seconds,
        stop=gap.stop,
        samples=samples,
        seed=seed,
        beside=beside,
    )


def filled(region: Region, gap: Gap, text: str) -> str | None:
    """The region's text with `text` in the gap; None where it does not stand at the gap's depth."""
    lines = region.text.split("\n")
    if gap.before:
        written = [gap.before + text.split("\n", 1)[0].rstrip() + gap.after.rstrip()]
    else:
        written = [line.removeprefix(region.margin) for line in text.rstrip().split("\n")]
        while written and not written[0].strip():
            written.pop(0)
        depth = _leading(lines[gap.first])
        if not written or _leading(written[0]) != depth:
            return None
        written = written[: _block_end(written, 0, len(depth))]
    return "\n".join([*lines[: gap.first], *written, *lines[gap.end :]])


def _gap(region: Region, first: int, end: int, depth: int, most: int = MOST_TOKENS) -> Gap | None:
    if end <= first:
        return None
    size = sum(len(line) for line in region.text.split("\n")[first:end])
    tokens = min(most, int(1.5 * size / CHARACTERS_A_TOKEN) + (64 if most > MOST_TOKENS else 24))
    return Gap(first, end, tokens, _dedents(region, depth))


def _dedents(region: Region, depth: int) -> tuple[str, ...]:
    """What a line begins with that is not indented by `depth`."""
    lines = region.text.split("\n")
    inside = {region.margin + _leading(line) for line in lines if line.strip() and _indent(line) < depth}
    outside = {
        region.margin[:width] for width in range(0, len(region.margin), 4 if " " in region.margin else 1)
    }
    return tuple(f"\n{margin}{start}" for margin in sorted(inside | outside | {""}) for start in _STARTS)


def _block_end(lines: list[str], line: int, depth: int) -> int:
    """Behind the last line that is indented by `depth` or more, from `line` on."""
    end = line + 1
    for number in range(line + 1, len(lines)):
        if not lines[number].strip():
            continue
        if _indent(lines[number]) < depth:
            break
        end = number + 1
    return end


def _window_end(lines: list[str], line: int, end: int, depth: int) -> int:
    """Behind a few whole statements."""
    starts = (n for n in range(line + WINDOW_LINES, end) if lines[n].strip() and _indent(lines[n]) <= depth)
    return next(starts, end)


def body_start(lines: list[str], head: int) -> int | None:
    """The first line of the body behind its head and its documentation."""
    depth = _indent(lines[head])
    first = _first_inside(lines, head)
    if first is None or not _DOCUMENTATION.match(lines[first]):
        return first
    quote = '"""' if '"""' in lines[first] else "'''"
    last = first
    if lines[first].count(quote) < 2:
        last = next((n for n in range(first + 1, len(lines)) if quote in lines[n]), first)
    return next(_deeper(lines, last + 1, depth), None)


def _first_inside(lines: list[str], head: int) -> int | None:
    """The first line below a head, which may go over several lines."""
    opens = 0
    for number in range(head, min(len(lines), head + MOST_HEAD_LINES)):
        opens += sum(lines[number].count(bracket) for bracket in "([")
        opens -= sum(lines[number].count(bracket) for bracket in ")]")
        if opens <= 0 and _OPENED.search(lines[number]):
            return next(_deeper(lines, number + 1, _indent(lines[head])), None)
    return None


def documentation_of(region: Region, head: int) -> str:
    """The documentation string of the definition at line `head`, or the comment above it; may be empty."""
    lines = region.text.split("\n")
    body = body_start(lines, head)
    first = _first_inside(lines, head)
    if body is not None and first is not None and body > first:
        return "\n".join(lines[first:body])
    return comment_above(region)


def comment_above(region: Region) -> str:
    """The comment that ends right above the region in its file."""
    above = region.data[: region.span.start].decode(region.encoding, "replace").split("\n")
    while above and not above[-1].strip():
        above.pop()
    found: list[str] = []
    while above and re.match(r"\s*(?:#(?!!)|//|/\*|\*)", above[-1]):
        found.insert(0, above.pop())
    return "\n".join(found)


def _deeper(lines: list[str], start: int, depth: int) -> Iterator[int]:
    return (n for n in range(start, len(lines)) if lines[n].strip() and _indent(lines[n]) > depth)


def _with_head(text: str, limit: int) -> str:
    """The first line and the end of a longer text."""
    if len(text) <= limit:
        return text
    head, _, rest = text.partition("\n")
    kept = rest[-limit:]
    return f"{head}\n{kept[kept.find(chr(10)) + 1 :]}"


def _leading(line: str) -> str:
    return line[: _indent(line)]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
