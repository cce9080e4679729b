"""Tokens of PHP: open and close tags, heredocs, strings over several lines."""

import re
from dataclasses import dataclass, field

from goldseam.diagnose.syntax.brace_tokens import (
    ALIEN,
    BLANK,
    HIGH,
    NUMBER,
    WORD,
    Kind,
    Token,
    is_cut,
    looks_like_code,
    swallows_comment,
)

_WORD = WORD.replace("$", "")
_SIGNS = (
    r"<=>|\*\*=|\.\.\.|<<=|>>=|===|!==|\?\?=|\?->|=>|->|::|==|!=|<>|<=|>=|&&|\|\||\?\?|\+\+|--|\+=|-=|\*=|/="
    r"|\.=|%=|&=|\|=|\^=|\*\*|<<|>>|[^\s]"
)
_OPEN_TAG = re.compile(r"<\?(?:php\b|=)|<\?(?!xml)", re.I)
_CODE = re.compile(
    rf"""(?P<blank>{BLANK})
    |(?P<close>\?>\n?)
    |(?P<comment>(?://|\#(?!\[))(?:(?!\?>)[^\n])*|/\*.*?\*/)
    |(?P<number>{NUMBER})
    |(?P<name>\$+(?:{_WORD}))
    |(?P<alien>{ALIEN})
    |(?P<word>\\?(?:{_WORD})(?:\\(?:{_WORD}))*|{HIGH})
    |(?P<lost>/\*[^\n]*)
    |(?P<sign>{_SIGNS})""",
    re.X | re.S,
)
_SINGLE = re.compile(r"'(?:[^'\\]|\\.)*'", re.S)
_DOUBLE = re.compile(r"\"(?:[^\"\\{]|\\.|\{(?!\$)|\{\$[^}\n]*\})*\"", re.S)
_TICKED = re.compile(r"`(?:[^`\\]|\\.)*`", re.S)
_STRINGS = {"'": _SINGLE, '"': _DOUBLE, "`": _TICKED}
_HEREDOC = re.compile(r"<<<[ \t]*(['\"]?)([A-Za-z_]\w*)\1[ \t]*\r?\n")
_LINE = re.compile(r"[^\n]*")
_KINDS = {
    "number": Kind.NUMBER, "name": Kind.NAME, "alien": Kind.ALIEN, "word": Kind.WORD, "lost": Kind.OPEN,
    "sign": Kind.SIGN, "comment": Kind.COMMENT, "close": Kind.OUTSIDE,
}  # fmt: skip


@dataclass(slots=True)
class _Reader:
    text: str
    position: int = 0
    in_code: bool = False
    tokens: list[Token] = field(default_factory=list)

    def emit(self, kind: Kind, end: int) -> None:
        self.tokens.append(Token(kind, self.text[self.position : end], self.position, end))
        self.position = end

    def read(self) -> list[Token]:
        while self.position < len(self.text):
            if self.in_code:
                self.code()
            else:
                self.outside()
        return self.tokens

    def outside(self) -> None:
        match = _OPEN_TAG.search(self.text, self.position)
        if match:
            self.in_code = True
        self.emit(Kind.OUTSIDE, match.end() if match else len(self.text))

    def code(self) -> None:
        first = self.text[self.position]
        if first in _STRINGS:
            self.string(first)
        elif first == "<" and (match := _HEREDOC.match(self.text, self.position)):
            self.heredoc(match)
        else:
            self.plain()

    def plain(self) -> None:
        match = _CODE.match(self.text, self.position)
        if match is None or match.lastgroup == "blank":
            self.position = match.end() if match else self.position + 1
            return
        name = str(match.lastgroup)
        end = match.end()
        if name == "comment" and match[0].startswith("/*") and swallows_comment(match[0]):
            name, end = "lost", self.line_end(self.position)
        if name == "comment" and self.in_address(match[0]):
            name, end = "sign", self.position + 1
        self.in_code = name != "close"
        self.emit(_KINDS[name], end)

    def in_address(self, comment: str) -> bool:
        """Whether `//` belongs to an address in a string that was never opened."""
        if self.text[self.position - 1] != ":":
            return False
        return is_cut(comment)

    def string(self, quote: str) -> None:
        match = _STRINGS[quote].match(self.text, self.position)
        if match is None or ("\n" in match[0] and self.ran_on(match)):
            self.emit(Kind.OPEN, max(self.line_end(self.position), self.position + 1))
        else:
            self.emit(Kind.STRING, match.end())

    def ran_on(self, match: re.Match[str]) -> bool:
        """Whether a string over several lines ends where another one begins."""
        follower = self.text[match.end() : match.end() + 1]
        if follower.isalnum() or follower in ("$", "_", "\\"):
            return True
        rest = self.text[match.end() : self.line_end(match.end())].replace("\\" + match[0][0], "")
        return rest.count(match[0][0]) % 2 == 1 or looks_like_code(match[0])

    def heredoc(self, opening: re.Match[str]) -> None:
        ending = re.compile(rf"^[ \t]*{re.escape(opening[2])}\b", re.M)
        match = ending.search(self.text, opening.end())
        if match is None:
            self.emit(Kind.OPEN, self.line_end(self.position))
        else:
            self.emit(Kind.STRING, match.end())

    def line_end(self, start: int) -> int:
        match = _LINE.match(self.text, start)
        return start + len(match[0].rstrip()) if match else start


def php_tokens(text: str, *, in_code: bool = False) -> list[Token]:
    """All tokens of a PHP file, comments and what lies outside `<?php` among them."""
    return _Reader(text, in_code=in_code).read()
