"""Tokens of JavaScript and TypeScript: regular expressions, templates with nested `${}`, JSX."""

import re
from dataclasses import dataclass, field

from goldseam.diagnose.syntax.brace_tokens import (
    ALIEN,
    BLANK,
    HIGH,
    NUMBER,
    VALUES,
    WORD,
    Kind,
    Token,
    is_cut,
    leads_on,
    looks_like_code,
    swallows_comment,
)

_SIGNS = (
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--"
    r"|\+=|-=|\*=|/=|%=|&=|\|=|\^=|\*\*|<<|>>|->|[^\s]"
)
_CODE = re.compile(
    rf"""(?P<blank>{BLANK})
    |(?P<comment>//[^\n]*|\#![^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^'\\\n]|\\(?:\r\n|.))*'|"(?:[^"\\\n]|\\(?:\r\n|.))*")
    |(?P<quote>['"][^\n]*)
    |(?P<number>{NUMBER})
    |(?P<alien>{ALIEN})
    |(?P<word>\#?{WORD}|{HIGH})
    |(?P<lost>/\*[^\n]*)
    |(?P<sign>{_SIGNS})""",
    re.X | re.S,
)
_REGEX = re.compile(r"/(?![*/])(?:[^\\/\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+/[A-Za-z]*")
_PIECE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)?", re.S)
_JSX_TEXT = re.compile(r"[^<{]+")
_LINE = re.compile(r"[^\n]*")
_TAG = re.compile(r"<(?=[A-Za-z_>])")
_TAG_WORD = re.compile(r"[A-Za-z_$][\w$.:-]*")
_TAG_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")

BEFORE_VALUE = frozenset(
    [
        "return",
        "typeof",
        "instanceof",
        "in",
        "of",
        "new",
        "delete",
        "void",
        "throw",
        "case",
        "do",
        "else",
        "await",
        "yield",
        "default",
        "extends",
    ]
)
"""Words after which a value begins, so that `/` opens a regular expression."""

_KINDS = {
    "string": Kind.STRING, "quote": Kind.OPEN, "number": Kind.NUMBER, "alien": Kind.ALIEN,
    "word": Kind.WORD, "lost": Kind.OPEN, "sign": Kind.SIGN, "comment": Kind.COMMENT,
}  # fmt: skip


@dataclass(slots=True)
class _Frame:
    """Code inside `${}` or a JSX `{}`: how deep its own braces are, and where it began."""

    depth: int = 0
    start: int = 0
    elements: int = 0


@dataclass(slots=True)
class _Reader:
    text: str
    jsx: bool
    odd_template: bool
    position: int = 0
    tokens: list[Token] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame()])
    last: Token | None = None

    def emit(self, kind: Kind, end: int) -> None:
        token = Token(kind, self.text[self.position : end], self.position, end)
        self.tokens.append(token)
        if kind is not Kind.COMMENT:
            self.last = token
        self.position = end

    def read(self) -> list[Token]:
        size = len(self.text)
        while self.position < size:
            if self.frames[-1].elements:
                self.children()
            else:
                self.code()
        return self.tokens

    def code(self) -> None:
        first = self.text[self.position]
        if first == "`":
            self.template(self.position + 1)
        elif first == "/" and self.before_value() and (match := _REGEX.match(self.text, self.position)):
            self.emit(Kind.REGEX, match.end())
        elif first == "}" and len(self.frames) > 1 and self.frames[-1].depth == 0:
            self.leave()
        elif first == "<" and self.jsx and self.before_value() and _TAG.match(self.text, self.position):
            self.tag()
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
        if name in ("quote", "lost"):
            end = self.position + len(self.text[self.position : end].rstrip())
        if name == "sign":
            self.count(self.text[self.position])
        self.emit(_KINDS[name], end)

    def in_address(self, comment: str) -> bool:
        """Whether `//` belongs to an address in a string that was never opened."""
        if self.position == 0 or self.text[self.position - 1] != ":":
            return False
        return is_cut(comment)

    def count(self, sign: str) -> None:
        frame = self.frames[-1]
        frame.depth = max(0, frame.depth + (sign == "{") - (sign == "}"))

    def before_value(self) -> bool:
        last = self.last
        if last is None:
            return True
        if last.kind is Kind.WORD:
            return last.text in BEFORE_VALUE
        return last.kind not in VALUES and last.text not in (")", "]", "}", "++", "--")

    def line_end(self, start: int) -> int:
        match = _LINE.match(self.text, start)
        return start + len(match[0].rstrip()) if match else start

    def template(self, inside: int) -> None:
        """A piece of a template up to its end or to a `${`."""
        if self.text[self.position] == "`" and self.in_cut_template():
            self.frames.pop()
            self.emit(Kind.TEMPLATE, self.position + 1)
            return
        match = _PIECE.match(self.text, inside)
        end = match.end() if match else inside
        swallowed = self.text[self.position : end]
        runs_on = self.odd_template and (looks_like_code(swallowed) or leads_on(swallowed))
        if match is None or match[1] is None or runs_on:
            self.emit(Kind.OPEN, max(self.line_end(self.position), self.position + 1))
            return
        self.emit(Kind.TEMPLATE, end)
        if match[1] == "${":
            self.frames.append(_Frame(start=end))

    def in_cut_template(self) -> bool:
        """Whether a `${}` began in this line, so that a backtick ends its template."""
        frame = self.frames[-1]
        inside = len(self.frames) > 1 and not frame.elements
        return inside and "\n" not in self.text[frame.start : self.position]

    def leave(self) -> None:
        """The `}` that ends a `${}` or a JSX `{}`."""
        self.frames.pop()
        if self.frames[-1].elements:
            self.emit(Kind.SIGN, self.position + 1)
        else:
            self.template(self.position + 1)

    def children(self) -> None:
        """Text, tags and `{}` between JSX tags."""
        first = self.text[self.position]
        if first == "{":
            self.emit(Kind.SIGN, self.position + 1)
            self.frames.append(_Frame(start=self.position))
        elif first == "<":
            self.tag()
        else:
            match = _JSX_TEXT.match(self.text, self.position)
            self.emit(Kind.OUTSIDE, match.end() if match else self.position + 1)

    def tag(self) -> None:
        """One JSX tag with its attributes; code in its `{}` is left to frames of their own."""
        closing = self.text.startswith("</", self.position)
        self.emit(Kind.SIGN, self.position + 1 + closing)
        while self.position < len(self.text):
            first = self.text[self.position]
            if first.isspace():
                self.position += 1
            elif first == ">":
                ended = self.last is not None and self.last.text == "/"
                self.emit(Kind.SIGN, self.position + 1)
                self.frames[-1].elements += -1 if closing else 0 if ended else 1
                return
            elif first == "{":
                self.attribute()
            elif match := _TAG_WORD.match(self.text, self.position) or _TAG_STRING.match(
                self.text, self.position
            ):
                self.emit(Kind.STRING if first in "'\"" else Kind.WORD, match.end())
            elif first in "<;":
                return
            else:
                self.emit(Kind.SIGN, self.position + 1)

    def attribute(self) -> None:
        """The `{}` value of an attribute, as code up to its own `}`."""
        self.emit(Kind.SIGN, self.position + 1)
        level = len(self.frames)
        self.frames += [_Frame(start=self.position)]
        while self.position < len(self.text) and len(self.frames) > level:
            frame = self.frames[-1]
            is_own = len(self.frames) == level + 1 and frame.depth == 0 and not frame.elements
            if self.text[self.position] == "}" and is_own:
                self.frames.pop()
                self.emit(Kind.SIGN, self.position + 1)
            elif frame.elements:
                self.children()
            else:
                self.code()


def script_tokens(text: str, *, jsx: bool = False) -> list[Token]:
    """All tokens of a script, comments among them."""
    return _Reader(text, jsx, text.count("`") % 2 == 1).read()
