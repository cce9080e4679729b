"""Tokens of languages with braces, read so that a fault stays in its line.

Text is held as Latin-1, so that every position is a byte offset. What does not end where it should (a quote,
a template, a comment) ends at its line's end as an `OPEN` token, and the lines after it are read as code.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a token is; `OPEN` was never ended, `ALIEN` is a character that code does not hold."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    TEMPLATE = "template"
    REGEX = "regex"
    SIGN = "sign"
    COMMENT = "comment"
    OPEN = "open"
    ALIEN = "alien"
    OUTSIDE = "outside"


class Token(NamedTuple):
    """A piece of the text `[start, end)`."""

    kind: Kind
    text: str
    start: int
    end: int


CLOSER = {"(": ")", "[": "]", "{": "}"}
OPENER = {closer: opener for opener, closer in CLOSER.items()}
VALUES = frozenset({Kind.WORD, Kind.NAME, Kind.NUMBER, Kind.STRING, Kind.TEMPLATE, Kind.REGEX})

ALIENS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u037e": ";", "\uff1b": ";", "\uff0c": ",", "\uff1a": ":", "\uff08": "(", "\uff09": ")",
    "\uff5b": "{", "\uff5d": "}", "\uff3b": "[", "\uff3d": "]", "\uff1d": "=", "\uff0b": "+", "\uff0e": ".",
    "\uff1c": "<", "\uff1e": ">", "\uff01": "!", "\uff02": '"', "\uff07": "'", "\uff06": "&", "\uff5c": "|",
    "\uff0a": "*", "\uff0f": "/", "\uff1f": "?", "\uff04": "$",
    "\u00d7": "*", "\u2217": "*", "\u00f7": "/", "\u2260": "!=", "\u2264": "<=", "\u2265": ">=",
    "\u2192": "->", "\u21d2": "=>", "\u2026": "...", "\u3001": ",", "\u3002": ".",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\u00ad": "", "\u202a": "", "\u202c": "",
    "\u200e": "", "\u200f": "", "\u00b4": "'",
}  # fmt: skip
"""Characters that look like code and are none, with what was meant."""

MEANT = {alien.encode().decode("latin-1"): meant for alien, meant in ALIENS.items()}
ALIEN = "|".join(map(re.escape, MEANT))
WORD = rf"[A-Za-z_$][A-Za-z0-9_$]*(?:(?!{ALIEN}|\xc2\xa0)[\x80-\xff]+?[A-Za-z0-9_$]*)*"
HIGH = rf"(?:(?!{ALIEN}|\xc2\xa0)[\x80-\xff][A-Za-z0-9_$]*)+"
NUMBER = r"0[xXbBoO][0-9a-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?"
BLANK = r"(?:[ \t\r\n\f\v]|\xc2\xa0|\xef\xbb\xbf)+"

_CODE_LINE = re.compile(
    r";\s*$|\)\s*\{\s*$|^\s*\}\s*$|^\s*(?:if|for|while|return|function|const|let|var|public|private)\b"
)
_MANY_LINES = 3
_INNER_COMMENT = re.compile(r"^[ \t]*/\*|[;{(,][ \t]*/\*", re.M)
_LEADS_ON = re.compile(r"[,;)\]}]\s*$")


def looks_like_code(text: str) -> bool:
    """Whether most lines of a text that a quote swallowed read like statements."""
    lines = [line for line in text.split("\n")[1:] if line.strip()]
    return len(lines) >= _MANY_LINES and 2 * sum(bool(_CODE_LINE.search(line)) for line in lines) > len(lines)


def swallows_comment(comment: str) -> bool:
    """Whether a comment runs on to the end of another one, as its own is missing."""
    return _INNER_COMMENT.search(comment, 2) is not None


def leads_on(text: str) -> bool:
    """Whether the first line of a text that a quote swallowed ends like one of code."""
    first, newline, _ = text.partition("\n")
    return bool(newline) and _LEADS_ON.search(first) is not None


_QUOTES = tuple(alien for alien, meant in MEANT.items() if meant in ("'", '"'))


def is_cut(text: str) -> bool:
    """Whether a text holds one end of a string alone."""
    return any(text.count(quote) % 2 == 1 for quote in "'\"`") or any(quote in text for quote in _QUOTES)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, for tables that are easier to read in one."""
    return tuple(text.split())


def code_of(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without comments."""
    return [token for token in tokens if token.kind is not Kind.COMMENT]


_LINE_END = re.compile(r"\n|\r(?!\n)")
_INDENT = re.compile(r"[ \t]*")


class Lines:
    """Line numbers and indents of a text; lines count from 0."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._widths: dict[int, int] = {}
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def number(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def span(self, number: int) -> tuple[int, int]:
        """Start and end of a line without its line end."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return start, start + len(self.text[start:end].rstrip("\r\n"))

    def indent(self, number: int) -> str:
        match = _INDENT.match(self.text, self.starts[number])
        return match[0] if match else ""

    def width(self, number: int) -> int:
        known = self._widths.get(number)
        if known is None:
            known = self._widths[number] = len(self.indent(number).expandtabs(4))
        return known
