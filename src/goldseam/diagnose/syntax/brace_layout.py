"""Which bracket is missing, doubled or of the wrong kind, by the indentation of the lines.

An opener that ends a line is closed by the first token of a line of the same indent. Where lines and brackets
disagree, each way to bring them together is a `Proposal`. The scan pops what it believes to be unclosed and
goes on, so that one fault makes one disagreement.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldseam.diagnose.syntax.brace_reading import Reading
from goldseam.diagnose.syntax.brace_tokens import CLOSER, OPENER, Kind, Token

CONTINUES = frozenset(
    ["else", "catch", "finally", "while", ",", ";", ")", ".", "]", "?.", "=>", ":", "?", "elseif"]
)
"""What follows a closer in its line rather than on a line of its own."""


HOPELESS = 40
"""So many disagreements in one file say that its indentation means nothing."""
DEEPEST = 150


class Proposal(NamedTuple):
    """Put `sign` before token `at` (`own_line`: on a line of its own), replace that token by it, or drop it.

    `drop_line` drops all tokens up to `width`; else `width` is the indent of an own line. `group` numbers the
    disagreement that it would settle.
    """

    action: str
    at: int
    sign: str
    group: int
    own_line: bool = False
    width: int = 0


@dataclass(slots=True)
class _Open:
    """An open bracket: `trusted` once a deeper line followed it at the end of its own."""

    sign: str
    index: int
    line: int
    width: int
    ends_line: bool
    inner: int | None = None

    @property
    def trusted(self) -> bool:
        return self.ends_line and self.inner is not None and self.inner > self.width


@dataclass(slots=True)
class _Line:
    first: int
    after: int
    width: int


@dataclass(slots=True)
class _Scan:
    tokens: Sequence[Token]
    lines: list[_Line]
    stack: list[_Open] = field(default_factory=list)
    found: list[Proposal] = field(default_factory=list)
    groups: int = 0

    def run(self) -> None:
        for number, line in enumerate(self.lines):
            if self.groups > HOPELESS or len(self.stack) > DEEPEST:
                return
            self.line(number, line)
        for unclosed in reversed(self.stack):
            self.unclosed_at_end(unclosed)

    def disagreement(self) -> int:
        self.groups += 1
        return self.groups

    def propose(self, action: str, index: int, sign: str, **place: int | bool) -> None:
        self.found.append(Proposal(action, index, sign, self.groups, **place))  # type: ignore[arg-type]

    def line(self, number: int, line: _Line) -> None:
        top = self.stack[-1] if self.stack else None
        waits = top is not None and top.inner is None and top.line != number
        if top is not None and waits and self.tokens[line.first].text not in OPENER:
            top.inner = line.width
        self.dedents(line)
        width = line.width
        for index in range(line.first, line.after):
            sign = _bracket(self.tokens[index])
            if sign in CLOSER:
                self.stack.append(_Open(sign, index, number, width, index == line.after - 1))
            elif sign in OPENER:
                if index > line.first and self.closes_too_much(index, sign, width):
                    self.unmatched(index, sign, line)
                    continue
                closed = self.close(index, sign, number, line, width)
                if closed is not None and closed.line != number:
                    width = closed.width

    def dedents(self, line: _Line) -> None:
        """What the indent of a line says that does not begin with a closer."""
        first = self.tokens[line.first].text
        while self.stack and first not in OPENER:
            top = self.stack[-1]
            outer = next((one for one in reversed(self.stack) if one.ends_line), None)
            if outer is None or not outer.trusted or line.width > outer.width:
                return
            if line.width == outer.width and first in ("{", "case", "default"):
                return
            if top is not outer:
                if not any(one.trusted for one in self.stack[self.stack.index(outer) + 1 :]):
                    self.unclosed_inline(top, line.first)
                self.stack.pop()
                continue
            self.unclosed_block(outer, line.first, first, line.width)
            self.stack.pop()

    def unclosed_block(self, outer: _Open, index: int, first: str, width: int) -> None:
        self.disagreement()
        sign = CLOSER[outer.sign]
        if first in CONTINUES and width == outer.width:
            self.propose("insert", index, sign)
        self.propose("insert", index, sign, own_line=True, width=outer.width)
        if closers := self.beneath(outer):
            for end in ("", ";", ","):
                self.propose("insert", index, sign + closers + end, own_line=True, width=outer.width)
        for suffix in (";", ")", ");", ",", "),"):
            self.propose("insert", index, sign + suffix, own_line=True, width=outer.width)
        self.propose("drop", outer.index, "")

    def beneath(self, opened: _Open) -> str:
        """The closers of what was opened in the line of a block before it."""
        at = next((n for n, one in enumerate(self.stack) if one is opened), 0)
        inline = itertools.takewhile(
            lambda one: not one.ends_line and one.line == opened.line, reversed(self.stack[:at])
        )
        return "".join(CLOSER.get(one.sign, "") for one in inline)

    def unclosed_inline(self, opened: _Open, before: int) -> None:
        """A bracket opened inside a line and not closed: anywhere up to `before`, first in its own line."""
        self.disagreement()
        sign = CLOSER.get(opened.sign, "")
        last = next((line.after for line in self.lines if line.first <= opened.index < line.after), before)
        for index in range(opened.index + 1, min(before, last) + 1):
            self.propose("insert", index, sign)
        self.propose("drop", opened.index, "")

    def unclosed_at_end(self, opened: _Open) -> None:
        count = len(self.tokens)
        if not opened.ends_line:
            self.unclosed_inline(opened, count)
            return
        self.disagreement()
        closers = self.beneath(opened)
        for suffix in dict.fromkeys(("", ";", ")", ");", closers, closers + ";")):
            self.propose("insert", count, CLOSER[opened.sign] + suffix, own_line=True, width=opened.width)
        self.propose("drop", opened.index, "")

    def closes_too_much(self, index: int, sign: str, width: int) -> bool:
        """A closer right behind another that would close a block of lesser indent than their line."""
        if not self.stack or _bracket(self.tokens[index - 1]) != sign:
            return False
        top = self.stack[-1]
        return top.trusted and top.sign == OPENER[sign] and top.width < width

    def close(self, index: int, sign: str, number: int, line: _Line, width: int) -> _Open | None:
        """Match a closer with what it closes; None if it closes nothing."""
        if not self.stack:
            self.unmatched(index, sign, line)
            return None
        if index == line.first:
            at = self.of_this_indent(sign, line.width)
            if at is not None:
                return self.pop_to(at, index)
            top = self.stack[-1]
            if top.trusted and top.width < line.width:
                self.unmatched(index, sign, line)
                return None
        return self.close_inline(index, sign, line)

    def of_this_indent(self, sign: str, width: int) -> int | None:
        for at in range(len(self.stack) - 1, -1, -1):
            one = self.stack[at]
            if one.sign == OPENER[sign] and one.ends_line and one.width == width:
                return at
            if one.trusted and one.width < width:
                return None
        return None

    def pop_to(self, at: int, index: int) -> _Open:
        while len(self.stack) - 1 > at:
            top = self.stack.pop()
            if top.ends_line:
                self.unclosed_block(top, index, "", top.width)
            else:
                self.unclosed_inline(top, index)
        return self.stack.pop()

    def close_inline(self, index: int, sign: str, line: _Line) -> _Open | None:
        top = self.stack[-1]
        if top.sign == OPENER[sign]:
            return self.stack.pop()
        below = self.stack[-2].sign if len(self.stack) > 1 else ""
        if below == OPENER[sign] and (not top.trusted or index == line.first):
            self.disagreement()
            self.unclosed_before(top, index)
            self.stack.pop()
            return self.stack.pop()
        if top.ends_line and index == line.first and top.width == line.width:
            self.disagreement()
            self.propose("replace", index, CLOSER.get(top.sign, ""))
            self.unmatched(index, sign, line, again=True)
            return self.stack.pop()
        if not top.ends_line and top.index >= line.first:
            self.disagreement()
            self.propose("replace", index, CLOSER.get(top.sign, ""))
            self.propose("replace", top.index, OPENER[sign])
            self.unmatched(index, sign, line, again=True)
            self.unclosed_before(top, index)
            return self.stack.pop()
        self.unmatched(index, sign, line)
        if not top.trusted:
            self.propose("replace", index, CLOSER.get(top.sign, ""))
        return None

    def unclosed_before(self, opened: _Open, index: int) -> None:
        """Close what was opened anywhere before the closer of something else."""
        sign = CLOSER.get(opened.sign, "")
        for at in range(max(opened.index + 1, index - 40), index + 1):
            self.propose("insert", at, sign)
        self.propose("replace", index, sign)
        self.propose("drop", opened.index, "")

    def unmatched(self, index: int, sign: str, line: _Line, *, again: bool = False) -> None:
        """A closer that closes nothing: drop it, or open it before."""
        if not again:
            self.disagreement()
        opener = OPENER[sign]
        self.propose("drop", index, "")
        if index == line.first and all(_closes(one) for one in self.tokens[index : line.after]):
            self.propose("drop_line", index, "", width=line.after)
        for at in range(max(line.first, index - 60), index + 1):
            self.propose("insert", at, opener)
        if index == line.first:
            for above in self.lines_above(line):
                self.propose("insert", above.after, opener)

    def lines_above(self, line: _Line) -> Iterator[_Line]:
        """The nearest lines above of the same indent that a deeper line follows."""
        at = next(number for number, one in enumerate(self.lines) if one is line)
        given = 0
        for number in range(at - 1, -1, -1):
            one = self.lines[number]
            if one.width == line.width and self.lines[number + 1].width > line.width:
                yield one
                given += 1
            if one.width < line.width or given == 2:
                return


def _bracket(token: Token) -> str:
    return token.text if token.kind is Kind.SIGN else ""


def _closes(token: Token) -> bool:
    return token.kind is Kind.SIGN and (token.text in OPENER or token.text in (";", ","))


def _lines(reading: Reading) -> list[_Line]:
    found: list[_Line] = []
    for index, token in enumerate(reading.tokens):
        if reading.gaps[index] or not found:
            found.append(_Line(index, index + 1, reading.lines.width(reading.lines.number(token.start))))
        else:
            found[-1].after = index + 1
    return found


class Layout(NamedTuple):
    """What brackets and indents disagree about:"""

    proposals: list[Proposal]
    disagreements: int


def layout(reading: Reading) -> Layout:
    """Ways to bring brackets and indents together."""
    scan = _Scan(reading.tokens, _lines(reading))
    scan.run()
    return Layout(scan.found, scan.groups)
