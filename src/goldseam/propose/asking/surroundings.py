"""What a function uses of its module: imports, constants, and heads of what it calls, in the module's order.

A model that sees a function alone cannot know the constant that it should multiply by. Sources are read by
lines and indentation, so that text that does not parse is read as well, in every language.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

MOST_CHARACTERS = 1_500
_QUOTES = ('"""', "'''")
_BEGUN_KEY = re.compile(r"-----BEGIN (?![\s\S]*-----END )")
SHORT_LINES = 6
"""A helper of so many lines is shown whole, a value of more is cut."""
DOCUMENTATION_CHARACTERS = 200
MOST_CALLERS, CALLER_CHARACTERS = 2, 120

_WORD = re.compile(r"[^\W\d]\w*")
_CLOSER = re.compile(r"[)\]}]|(?:else|elif|except|finally|catch)\b")
_IMPORT = re.compile(
    r"(?:import|from|use|require|require_once)\b|(?:const|let|var)\b[^=]*=\s*(?:await\s+)?(?:require|import)\b"
)
_VALUE = re.compile(
    r"(?:export\s+)?(?:(?:public|protected|private|static|readonly|const|let|var)\s+)*"
    r"(?:define\(\s*['\"])?\$?(?:this\.|#)?(?P<name>[^\W\d]\w*)(?:['\"],|\s*(?::[^=]*)?=(?![=>]))"
)
_DEFINITION = re.compile(
    r"(?:export\s+)?(?:default\s+)?(?:(?:public|protected|private|static|abstract|final|async|get|set)\s+)*"
    r"(?:def|class|function\*?|interface|trait|enum|type)\s+&?(?P<name>[^\W\d]\w*)"
)
_METHOD = re.compile(
    r"(?!(?:if|for|while|switch|with)\b)"
    r"(?:static\s+|async\s+|get\s+|set\s+|\*|#)*(?P<name>[^\W\d]\w*)\s*\([^;]*\)\s*\{"
)
_DOCUMENTATION = ('"""', "'''", "/**", "#!")
_BEGINNINGS = frozenset({"__init__", "constructor", "__construct"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A line and what is indented below it, in a text of `\\n` lines; numbers from 0, the end excluded."""

    first: int
    end: int
    text: str

    @property
    def head(self) -> str:
        return self.text.split("\n", 1)[0]


@dataclass(frozen=True, slots=True)
class Names:
    """Words that are used, and those of the whole text that stand in it once.

    Among the latter are constants that nobody uses yet, which a missing case may have used.
    """

    used: frozenset[str]
    said_once: frozenset[str]

    @classmethod
    def of(cls, text: str, part: str) -> "Names":
        counted = Counter(_WORD.findall(text))
        once = frozenset(word for word, count in counted.items() if count == 1)
        return cls(frozenset(_WORD.findall(part)), once)

    @property
    def with_beginnings(self) -> "Names":
        """As a method sees its class: how an object begins is always worth seeing."""
        return replace(self, used=self.used | _BEGINNINGS)


def surroundings(text: str, first: int, end: int, callers: Sequence[str] = ()) -> str:
    """What the lines `first` to `end`, and `callers`, use of the rest of `text`, as code; may be empty."""
    lines = text.split("\n")
    names = Names.of(text, "\n".join([*lines[first:end], *callers]))
    shown = [*_shown(chunks(lines, 0, len(lines)), names, first, end, lines)]
    while shown and sum(map(len, shown)) > MOST_CHARACTERS:
        shown.remove(max(shown, key=len))
    return "\n".join(shown).lstrip("\n")


def callers_of(text: str, first: int, end: int) -> list[str]:
    """Lines of `text` outside of the lines `first` to `end` that call what these define; not indented."""
    lines = text.split("\n")
    head = next((match for line in lines[first:end] if (match := _DEFINITION.match(line.lstrip()))), None)
    if head is None:
        return []
    call = re.compile(rf"(?<!def )(?<!function )\b{re.escape(head['name'])}\(")
    found = (line.strip() for line in [*lines[:first], *lines[end:]] if call.search(line))
    return [line for line in dict.fromkeys(found) if len(line) <= CALLER_CHARACTERS][:MOST_CALLERS]


def chunks(lines: Sequence[str], start: int, end: int) -> Iterator[Chunk]:
    """The chunks of lines at the smallest indentation between `start` and `end`."""
    filled = [number for number in range(start, end) if lines[number].strip()]
    opening = [number for number in filled if not _CLOSER.match(lines[number].lstrip())]
    depth = min((_indent(lines[number]) for number in opening), default=0)
    heads = [number for number in opening if _indent(lines[number]) == depth]
    for head, after in pairwise([*heads, end]):
        last = max(number for number in range(head, after) if lines[number].strip())
        yield Chunk(head, last + 1, "\n".join(lines[head : last + 1]))


def _shown(found: Iterator[Chunk], names: Names, first: int, end: int, lines: Sequence[str]) -> Iterator[str]:
    for chunk in found:
        if chunk.first <= first and end <= chunk.end:
            if chunk.first < first and _DEFINITION.match(chunk.head.lstrip()):
                yield from _around(chunk, names, first, end, lines)
        elif chunk.end <= first or end <= chunk.first:
            yield from _told(chunk, names)


def _around(chunk: Chunk, names: Names, first: int, end: int, lines: Sequence[str]) -> Iterator[str]:
    """The class around a method, as far as the method uses it; it is shown last, open."""
    inside = [*_shown(chunks(lines, chunk.first + 1, chunk.end), names.with_beginnings, first, end, lines)]
    yield "\n".join(["", chunk.head, *(text for text in inside if len(text) <= MOST_CHARACTERS // 2)])


def _told(chunk: Chunk, names: Names) -> Iterator[str]:
    head = chunk.head.lstrip()
    if head.startswith("<?php"):
        yield chunk.head
    elif head.startswith(_DOCUMENTATION):
        if chunk.first == 0 and len(chunk.text) <= DOCUMENTATION_CHARACTERS:
            yield chunk.text
    elif _IMPORT.match(head):
        if names.used.intersection(_WORD.findall(chunk.text)):
            yield chunk.text
    elif match := _DEFINITION.match(head) or _METHOD.match(head):
        if match["name"] in names.used:
            yield _definition(chunk)
    elif (match := _VALUE.match(head)) and match["name"] in names.used | names.said_once:
        yield _value(chunk)


def _value(chunk: Chunk) -> str:
    """A value, or its first lines; never the beginning of a text, whose end may say that it is a secret."""
    if any(chunk.text.count(mark) % 2 for mark in _QUOTES) or _BEGUN_KEY.search(chunk.text):
        return f"{chunk.head.partition('=')[0].rstrip()} = ..."
    return _first_lines(chunk, "...")


def _definition(chunk: Chunk) -> str:
    """The whole of a short one, else its head and that more follows."""
    if chunk.text.count("\n") < SHORT_LINES:
        return chunk.text
    if chunk.head.rstrip().endswith("{"):
        margin = " " * _indent(chunk.head)
        return f"{chunk.head}\n{margin}    // ...\n{margin}}}"
    return _first_lines(chunk, "...", 1)


def _first_lines(chunk: Chunk, more: str, most: int = SHORT_LINES) -> str:
    lines = chunk.text.split("\n")
    if len(lines) <= most:
        return chunk.text
    indent = " " * max(4, _indent(lines[1]))
    return "\n".join([*lines[:most], f"{indent}{more}"])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
