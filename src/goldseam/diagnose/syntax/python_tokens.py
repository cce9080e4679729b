"""A lexer for Python that never gives up: what fits nowhere is a token too, each line end a new start."""

import keyword
import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}
KEYWORDS = frozenset(keyword.kwlist)
STARTERS = frozenset(
    [
        "def",
        "class",
        "import",
        "return",
        "raise",
        "while",
        "with",
        "try",
        "pass",
        "break",
        "continue",
        "del",
        "global",
        "nonlocal",
        "assert",
        "except",
        "finally",
        "elif",
    ]
)
"""Words that begin a statement and stand nowhere else at the beginning of a line."""
HEADERS = frozenset(
    [
        "if",
        "elif",
        "else",
        "for",
        "while",
        "try",
        "except",
        "finally",
        "with",
        "def",
        "class",
        "async",
        "match",
        "case",
    ]
)


class Kind(Enum):
    """What a token is; `OPEN` is a string without an end, `ODD` a character that Python has no use for."""

    NAME = "name"
    NUMBER = "number"
    STRING = "string"
    OPEN = "open"
    OP = "operator"
    ODD = "odd"
    COMMENT = "comment"
    NEWLINE = "newline"


class Token(NamedTuple):
    """A token and its place in characters."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def is_value(self) -> bool:
        """An operand may end here."""
        if self.kind is Kind.NAME:
            return self.text not in KEYWORDS or self.text in ("None", "True", "False")
        return (
            self.kind in (Kind.NUMBER, Kind.STRING, Kind.OPEN) or self.text in CLOSERS or self.text == "..."
        )

    @property
    def opens_value(self) -> bool:
        """An operand may begin here."""
        if self.kind is Kind.NAME:
            return self.text not in KEYWORDS or self.text in _PREFIX_WORDS
        return self.kind in (Kind.NUMBER, Kind.STRING, Kind.OPEN) or self.text in _PREFIX_OPS


_PREFIX_WORDS = frozenset({"None", "True", "False", "not", "lambda", "await", "yield"})
_PREFIX_OPS = frozenset({"(", "[", "{", "-", "~", "*", "**", "..."})
_TOKEN = re.compile(
    r"""(?P<space>(?:[ \t\f]|\\(?:\r\n|\n|\r))+)
    |(?P<newline>\r\n|\n|\r)
    |(?P<comment>\#[^\r\n]*)
    |(?P<triple>[rRbBuUfF]{0,2}(?P<long>\"\"\"|'''))
    |(?P<string>[rRbBuUfF]{0,2}(?P<quote>["'])(?:[^\\\r\n"']|\\(?:\r\n|[\s\S])|(?!(?P=quote))["'])*(?P<close>(?P=quote))?)
    |(?P<number>(?:\d|\.\d)(?:[\w.]|(?<=[eE])[+-](?=\d))*)
    |(?P<name>[^\W\d]\w*)
    |(?P<op>\*\*=|//=|>>=|<<=|\.\.\.|->|:=|\*\*|//|<<|>>|==|!=|<=|>=|\+=|-=|\*=|/=|%=|&=|\|=|\^=|@=|[-+*/%@&|^~<>=.,:;()\[\]{}])
    |(?P<odd>[\s\S])""",
    re.VERBOSE,
)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Tokens of `text` without white space; a triple-quoted string without an end is its opening line."""
    position, limit = start, len(text) if end is None else end
    while position < limit:
        match = _TOKEN.match(text, position, limit)
        if match is None:
            return
        group = match.lastgroup or ""
        stop = match.end()
        if group == "triple":
            token = _long_string(text, match, limit)
            stop = token.end
            yield token
        elif group == "string":
            kind = Kind.STRING if match["close"] else Kind.OPEN
            yield Token(kind, match["string"], position, stop)
        elif group != "space":
            yield Token(_KINDS[group], match[0], position, stop)
        position = stop


_KINDS = {
    "newline": Kind.NEWLINE,
    "comment": Kind.COMMENT,
    "number": Kind.NUMBER,
    "name": Kind.NAME,
    "op": Kind.OP,
    "odd": Kind.ODD,
}


def _long_string(text: str, match: re.Match[str], limit: int) -> Token:
    quotes, at = match["long"], match.end()
    while True:
        close = text.find(quotes, at, limit)
        if close < 0:
            stop = _line_end(text, match.start(), limit)
            return Token(Kind.OPEN, text[match.start() : stop], match.start(), stop)
        if not _is_escaped(text, close):
            return Token(Kind.STRING, text[match.start() : close + 3], match.start(), close + 3)
        at = close + 1


def _is_escaped(text: str, at: int) -> bool:
    count = 0
    while text[at - 1 - count : at - count] == "\\":
        count += 1
    return count % 2 == 1


def _line_end(text: str, at: int, limit: int) -> int:
    ends = [place for place in (text.find("\n", at, limit), text.find("\r", at, limit)) if place >= 0]
    return min(ends, default=limit)
