"""Logical lines of Python text that may be broken: a bracket never closed does not swallow the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldseam.diagnose.syntax.python_tokens import CLOSERS, HEADERS, OPENERS, STARTERS, Kind, Token

MOST_MERGED, MOST_TOKENS = 60, 2_000
CLAUSES = {"else": "if", "elif": "if", "except": "try", "finally": "try", "case": "match"}
"""Words that continue a compound statement, and a statement that they may continue."""


@dataclass(frozen=True, slots=True, eq=False)
class Logical:
    """A logical line: its tokens without comments and line ends, and the white space before the first."""

    indent: str
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def word(self) -> str:
        return self.tokens[0].text

    @property
    def is_header(self) -> bool:
        """A block must follow."""
        return self.tokens[-1].text == ":"


def logical_lines(text: str, tokens: Iterable[Token]) -> list[Logical]:
    """The logical lines; brackets hold physical lines together until one begins as no expression goes on."""
    lines: list[list[Token]] = [[]]
    opened: list[Token] = []
    fresh = True
    for token in tokens:
        if token.kind is Kind.COMMENT:
            continue
        if token.kind is Kind.NEWLINE:
            fresh = True
            if not opened and lines[-1]:
                lines.append([])
            continue
        if fresh and opened and token.text in STARTERS and not _goes_on(lines[-1], token):
            lines.append([])
            opened = []
        lines[-1].append(token)
        if token.text in OPENERS:
            opened.append(token)
        else:
            del opened[len(opened) - _closed(opened, token, text) :]
        fresh = False
    return _merged([Logical(_indent(text, line[0]), tuple(line)) for line in lines if line])


def _goes_on(line: Sequence[Token], token: Token) -> bool:
    return token.text == "import" and line[0].text == "from"


def _closed(opened: Sequence[Token], token: Token, text: str) -> int:
    """How many of the open brackets a token closes; a stray one inside of a block of others none."""
    if not opened:
        return 0
    if token.kind is Kind.OPEN and len(token.text) > 1:
        return min(len(opened), _swallowed(token.text))
    if token.text not in CLOSERS:
        return 0
    stray = CLOSERS[token.text] not in {one.text for one in opened}
    return 0 if stray and len(_indent(text, token)) > len(_indent(text, opened[-1])) else 1


def _swallowed(text: str) -> int:
    """Brackets at the end of a string that lacks its closing quote belong to the code."""
    tail = text[len(text.rstrip(")]},:; \t")) :]
    return sum(tail.count(closer) for closer in CLOSERS)


def _indent(text: str, token: Token) -> str:
    start = max(text.rfind("\n", 0, token.start), text.rfind("\r", 0, token.start)) + 1
    before = text[start : token.start]
    return before[: len(before) - len(before.lstrip(" \t\f"))]


def _merged(lines: list[Logical]) -> list[Logical]:
    """Lines with a closer that nothing opens belong to the line above that may have lost its opener."""
    merged: list[Logical] = []
    for line in lines:
        first = _head_of(line, merged) if _has_lone_closer(line.tokens) else None
        if first is not None and len(merged[first].tokens) < MOST_TOKENS:
            tokens = [token for part in (*merged[first:], line) for token in part.tokens]
            line = Logical(merged[first].indent, tuple(tokens))
            del merged[first:]
        merged.append(line)
    return merged


def _head_of(line: Logical, above: Sequence[Logical]) -> int | None:
    """The number of the line above that `line` may go on with, by indentation."""
    closes = line.word in CLOSERS
    for number in range(len(above) - 1, max(-1, len(above) - MOST_MERGED), -1):
        head = above[number]
        if head.is_header or _lacks_colon(head):
            return None
        if len(head.indent) < len(line.indent) or (closes and len(head.indent) == len(line.indent)):
            return number if len(head.indent) <= len(line.indent) else None
        if head.word in STARTERS:
            return None
    return None


def _lacks_colon(line: Logical) -> bool:
    """A header that is whole but for its colon."""
    last = line.tokens[-1]
    if line.word not in HEADERS or not (last.is_value or last.text in ("else", "try", "finally")):
        return False
    return sum((one.text in OPENERS) - (one.text in CLOSERS) for one in line.tokens) == 0


def _has_lone_closer(tokens: Sequence[Token]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token.text in OPENERS) - (token.text in CLOSERS)
        if depth < 0:
            return True
    return False


def cut_early(line: Logical, text: str) -> Iterator[int]:
    """Numbers of tokens at which a line that does not parse may end: the next physical line begins anew."""
    for number in range(1, len(line.tokens)):
        before, token = line.tokens[number - 1], line.tokens[number]
        if not _crosses_line(text, before.end, token.start):
            continue
        indent = len(_indent(text, token))
        is_block = before.text == ":" and number > 1 and not _in_display(line, number, text)
        if (is_block and indent > len(line.indent)) or (
            indent <= len(line.indent) and token.text not in CLOSERS
        ):
            yield number


def _in_display(line: Logical, number: int, text: str) -> bool:
    """A bracket that ends its physical line is open before a token of what is no header."""
    opened: list[int] = []
    for at, token in enumerate(line.tokens[:number]):
        if token.text in OPENERS:
            opened.append(at)
        elif token.text in CLOSERS and opened:
            opened.pop()
    if line.word in HEADERS or not opened:
        return False
    return _crosses_line(text, line.tokens[opened[-1]].end, line.tokens[opened[-1] + 1].start)


def _crosses_line(text: str, start: int, end: int) -> bool:
    return "\n" in text[start:end] or "\r" in text[start:end]
