"""Asks the language's own parser, in its box, which of many variants of a text parse."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goldseam.core.ports import Tools

ROLE = "parse"
"""The role of a program that judges variants: `workers/python_parser.py` tells its questions and answers."""


class Splice(NamedTuple):
    """Replace characters `start` to `end` by `new`."""

    start: int
    end: int
    new: str


class Problem(NamedTuple):
    """The first problem of a text; line and column from 1, in characters."""

    message: str
    line: int
    column: int

    def offset_in(self, text: str) -> int:
        """The place in the text whose problem this is; its lines end with line feeds."""
        start = 0
        for _ in range(self.line - 1):
            end = text.find("\n", start)
            if end < 0:
                break
            start = end + 1
        return min(len(text), start + max(0, self.column - 1))


Variant = tuple[int, tuple[Splice, ...]]
Verdicts = list[Problem | None]


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """`text` with all splices applied; they do not overlap."""
    parts, position = [], 0
    for splice in sorted(splices):
        parts += [text[position : splice.start], splice.new]
        position = splice.end
    parts.append(text[position:])
    return "".join(parts)


@dataclass(slots=True)
class Judge:
    """Judges variants until `seconds` have passed; later questions are answered with nothing."""

    tools: Tools
    language: str
    seconds: float
    asked: int = 0
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        return self.seconds - (time.monotonic() - self._began)

    def judge(self, texts: Sequence[str], variants: Sequence[Variant], *, whole: bool = False) -> Verdicts:
        """A verdict each, as far as time allows: the list may be shorter than `variants`."""
        left = self.seconds_left
        if left <= 0 or not variants:
            return []
        self.asked += len(variants)
        question = {"texts": list(texts), "variants": variants, "whole": whole, "seconds": left}
        said = self.tools.ask(self.language, ROLE, question, seconds=left + GRACE_SECONDS)
        return [None if problem is None else Problem(*problem) for problem in said["problems"]]

    def whole(self, text: str) -> Problem | None:
        """The first problem of a program; a text that there was no time for has one."""
        verdicts = self.judge([text], [(0, ())], whole=True)
        return verdicts[0] if verdicts else Problem("not judged in time", 1, 1)


GRACE_SECONDS = 0.3
