"""An idea of what would mend a text, with what it costs to believe it; the scene that ideas are about."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from goldseam.core.fault import Code
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.python_tokens import CLOSERS, OPENERS, Kind, Token


class Repair(NamedTuple):
    """A minimal edit: `cost` ranks it (0 is certain), `expected` is the token that it brings in.

    `others` are the splices of edits that came nearly as first.
    """

    cost: float
    splices: tuple[Splice, ...]
    code: Code
    message: str
    expected: str = ""
    others: tuple[tuple[Splice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Habits:
    """What a file does elsewhere: how often a name occurs, and how often with a bracket behind it."""

    names: Counter[str]
    calls: Counter[str]
    subscripts: Counter[str]


def habits_of(tokens: list[Token]) -> Habits:
    names: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    subscripts: Counter[str] = Counter()
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.kind is Kind.NAME:
            names[token.text] += 1
            if after is not None and after.start == token.end:
                calls[token.text] += after.text == "("
                subscripts[token.text] += after.text == "["
    return Habits(names, calls, subscripts)


@dataclass(frozen=True)
class Scene:
    """A logical line that does not parse: its tokens in `text`, and what is known around it.

    `deeper`: the next line is indented deeper, so that a block begins here. `above` is the word that begins
    the nearest line above of the same indentation. `problem` is where the parser stopped.
    `margin` is the indentation of the first token, which is not part of `text`.
    """

    text: str
    tokens: tuple[Token, ...]
    habits: Habits
    deeper: bool = False
    above: str = ""
    problem: int = -1
    margin: int = 0

    @cached_property
    def stacks(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the numbers of the openers that are open before it."""
        found: list[tuple[int, ...]] = []
        stack: tuple[int, ...] = ()
        for number, token in enumerate(self.tokens):
            found.append(stack)
            if token.text in OPENERS:
                stack = (*stack, number)
            elif token.text in CLOSERS and stack:
                stack = stack[:-1]
        return (*found, stack)

    @cached_property
    def lone_closers(self) -> tuple[int, ...]:
        """Numbers of the closers that nothing opens or that do not fit what is open."""
        return tuple(
            number
            for number, token in enumerate(self.tokens)
            if token.text in CLOSERS and self._open_at(number) != CLOSERS[token.text]
        )

    def _open_at(self, number: int) -> str:
        stack = self.stacks[number]
        return self.tokens[stack[-1]].text if stack else ""

    def opener_at(self, number: int) -> str:
        """The innermost bracket that is open before a token, or an empty text."""
        return self._open_at(number)

    def ends_line(self, number: int) -> bool:
        """The token is the last of its physical line."""
        after = self.tokens[number + 1].start if number + 1 < len(self.tokens) else len(self.text)
        return number + 1 == len(self.tokens) or "\n" in self.text[self.tokens[number].end : after]

    def gap(self, number: int) -> int:
        """White space between a token and the next, in characters."""
        return self.tokens[number + 1].start - self.tokens[number].end

    def indent_of(self, number: int) -> int:
        """The indentation of the physical line of a token."""
        start = self.text.rfind("\n", 0, self.tokens[number].start) + 1
        if not start:
            return self.margin
        line = self.text[start : self.tokens[number].start + 1]
        return len(line) - len(line.lstrip(" \t"))

    def column_of(self, number: int) -> int:
        """The place of a token in its physical line, from 0."""
        start = self.text.rfind("\n", 0, self.tokens[number].start) + 1
        return self.tokens[number].start - start + (0 if start else self.margin)

    @property
    def word(self) -> str:
        return self.tokens[0].text
