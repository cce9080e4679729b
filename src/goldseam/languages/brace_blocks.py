"""Functions and classes of languages with braces, found in text that may not parse.

Two witnesses say where a block ends: its brackets, and its indentation. Where they disagree, a bracket is
missing or doubled somewhere, and indentation is believed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from goldseam.core.source import Span, lines_of

_WORD = re.compile(rb"[\w$\x80-\xff]+")
_NOT_NEWLINE = re.compile(rb"[^\r\n]")
_TEMPLATE_TEXT = re.compile(rb"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_REGEX = re.compile(rb"/(?![*/])(?:[^/\\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+/\w*")
_BEFORE_REGEX = frozenset(b"(,=:[!&|?{;+-*%~^<>")
_BODY = re.compile(rb"[\[(){};\]]|\n(?=\s*[^\s{])")
_BRACKETS = re.compile(rb"[(){}\[\]]")
_OPENER = {b")": b"(", b"]": b"[", b"}": b"{"}


NEAR = 8
"""A closing bracket closes none that has more unclosed ones inside than this."""


@dataclass(frozen=True, slots=True)
class Lexis:
    """How a language writes what is no code, and where its definitions begin.

    `hidden` matches a comment or a string where it begins, `head` the head of a function or class in text
    without them: its group that matches is the name. `lead` matches lines above a head that belong to it.
    `outside`, matched first at the start of the text, is what lies between pieces of code, as in PHP. With
    `regex_words` there are templates and regular expressions; such a word may stand before one of these.
    """

    hidden: re.Pattern[bytes]
    head: re.Pattern[bytes]
    lead: re.Pattern[bytes] = field(default_factory=lambda: re.compile(rb"[ \t]*@"))
    outside: re.Pattern[bytes] | None = None
    regex_words: frozenset[bytes] | None = None


def bare(data: bytes, lexis: Lexis) -> bytes:
    """`data` with spaces for all comments, strings and regular expressions; every byte keeps its place."""
    parts, position = [], 0
    for start, end in _hidden(data, lexis):
        parts += [data[position:start], _NOT_NEWLINE.sub(b" ", data[start:end])]
        position = end
    return b"".join([*parts, data[position:]])


def definitions(text: str, lexis: Lexis) -> frozenset[str]:
    """Names of all functions and classes, at any depth, by their heads."""
    code = bare(text.encode("utf-8", "surrogatepass"), lexis)
    return frozenset(name.decode("utf-8", "replace") for name, _ in _heads(code, lexis))


def enclosing_block(data: bytes, offset: int, lexis: Lexis) -> Span | None:
    """The lines of the innermost function, method or class around `offset`, or None."""
    code = bare(data, lexis)
    text = _Lines.of(data, code)
    ends = _pairs(code)
    found = None
    for _, at in _heads(code, lexis):
        if at > offset and text.number(at) > text.number(offset):
            break
        span = _block(text, at, ends, lexis)
        if span.start <= offset < span.end or offset == span.end == len(data):
            found = span if found is None or span.end <= found.end else found
    return found


@dataclass(frozen=True, slots=True)
class _Lines:
    """Raw lines, the same without strings and comments, where each one starts, and all code."""

    raw: list[bytes]
    code: list[bytes]
    starts: list[int]
    whole: bytes

    @classmethod
    def of(cls, data: bytes, code: bytes) -> "_Lines":
        raw = lines_of(data)
        starts = [*accumulate(map(len, raw), initial=0)]
        return cls(raw, [code[a:b] for a, b in pairwise(starts)], starts, code)

    def number(self, offset: int) -> int:
        """Line of an offset, from 0."""
        low, high = 0, max(0, len(self.raw) - 1)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle - 1)
        return low


def _heads(code: bytes, lexis: Lexis) -> Iterator[tuple[bytes, int]]:
    """Name and offset of each head, in order."""
    for match in lexis.head.finditer(code):
        if match.lastindex:
            yield match[match.lastindex], match.start(match.lastindex)


def _block(text: _Lines, at: int, ends: dict[int, int], lexis: Lexis) -> Span:
    head = text.number(at)
    opener = _opener(text.whole, at, ends)
    closing = text.number(ends[opener]) if opener in ends else None
    last = _last_line(text, head, closing)
    first = head
    while first > 0 and lexis.lead.match(text.raw[first - 1]):
        first -= 1
    return Span(text.starts[first], text.starts[last + 1])


def _opener(code: bytes, at: int, ends: dict[int, int]) -> int:
    """Offset of the brace that opens the body of the head at `at`, or -1."""
    while match := _BODY.search(code, at):
        if match[0][-1:] == b"{":
            return match.end() - 1
        if match[0] not in (b"(", b"[") or match.start() not in ends:
            return -1
        at = ends[match.start()] + 1
    return -1


def _last_line(text: _Lines, head: int, closing: int | None) -> int:
    depth = _indent(text.raw[head])
    if closing is not None and _agrees(text, head, closing, depth):
        return closing
    last = head
    for number in range(head + 1, len(text.raw)):
        line = text.code[number]
        if not line.strip():
            continue
        if _indent(text.raw[number]) <= depth and line.lstrip()[:1] not in (b"{", b")", b"]"):
            return number if line.lstrip().startswith(b"}") else last
        last = number
    return last


def _agrees(text: _Lines, head: int, closing: int, depth: int) -> bool:
    """Whether the indentation of the closing line says the same as its bracket."""
    if closing == head:
        return not text.code[head].rstrip().endswith((b"{", b"(", b"["))
    return _indent(text.raw[closing]) == depth and text.code[closing].lstrip().startswith((b"}", b")"))


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))


def _pairs(code: bytes) -> dict[int, int]:
    """Where each bracket that is opened is closed; one that fits nothing is passed over."""
    stack: list[tuple[bytes, int]] = []
    found: dict[int, int] = {}
    for match in _BRACKETS.finditer(code):
        if match[0] in b"([{":
            stack.append((match[0], match.start()))
            continue
        wanted = _OPENER[match[0]]
        if any(bracket == wanted for bracket, _ in stack[-NEAR:]):
            while stack[-1][0] != wanted:
                stack.pop()
            found[stack.pop()[1]] = match.start()
    return found


def _hidden(data: bytes, lexis: Lexis) -> Iterator[tuple[int, int]]:
    """Start and end of all that is no code, in order; an open string ends with its line."""
    position, before = 0, b""
    templates: list[int] = []
    if lexis.outside and (match := lexis.outside.match(data)):
        yield match.span()
        position = match.end()
    while position < len(data):
        if match := _no_code(data, position, before, lexis):
            yield match.span()
            before = b")" if match[0][:2] not in (b"//", b"/*") else before
            position = match.end()
            continue
        match = _WORD.match(data, position)
        token = match[0] if match else data[position : position + 1]
        position += len(token)
        if lexis.regex_words is not None and (token == b"`" or _ends_code(token, templates)):
            end = _template_end(data, position)
            yield (position - 1 if token == b"`" else position), end
            position, before = _after_template(data, end, templates)
        elif token.strip():
            before = token


def _no_code(data: bytes, position: int, before: bytes, lexis: Lexis) -> re.Match[bytes] | None:
    if match := lexis.hidden.match(data, position):
        return match
    if lexis.outside and data.startswith(b"?>", position):
        return lexis.outside.match(data, position)
    if lexis.regex_words is None or data[position : position + 1] != b"/":
        return None
    may_begin = not before or before[-1] in _BEFORE_REGEX or before in lexis.regex_words
    return _REGEX.match(data, position) if may_begin or before == b"}" else None


def _ends_code(token: bytes, templates: list[int]) -> bool:
    """Whether `}` goes back into the text of a template; counts the braces inside `${…}`."""
    if not templates or token not in (b"{", b"}"):
        return False
    templates[-1] += 1 if token == b"{" else -1
    if templates[-1]:
        return False
    templates.pop()
    return True


def _template_end(data: bytes, position: int) -> int:
    """Where the text of a template ends; one that is never closed ends with its line."""
    match = _TEMPLATE_TEXT.match(data, position)
    end = match.end() if match else position
    newline = data.find(b"\n", position)
    return newline if end >= len(data) and newline >= 0 else end


def _after_template(data: bytes, end: int, templates: list[int]) -> tuple[int, bytes]:
    """Where code goes on after the text of a template: behind its end or inside `${`."""
    if data.startswith(b"${", end):
        templates.append(1)
        return end + 2, b"{"
    return end + 1, b")"
