"""What sets JavaScript, TypeScript and PHP apart for the syntax finder, and how their checkers are asked."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from goldseam.core.language import CHECK
from goldseam.core.ports import Tools
from goldseam.diagnose.syntax.brace_php import php_tokens
from goldseam.diagnose.syntax.brace_reading import KEYWORDS
from goldseam.diagnose.syntax.brace_script import script_tokens
from goldseam.diagnose.syntax.brace_tokens import Lines, Token

FAMILIES = {"javascript": "script", "typescript": "script", "php": "php"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is read."""

    family: str
    jsx: bool

    @property
    def keywords(self) -> frozenset[str]:
        return KEYWORDS[self.family]

    def tokens(self, text: str) -> list[Token]:
        """All tokens of a whole file."""
        return php_tokens(text) if self.family == "php" else script_tokens(text, jsx=self.jsx)

    def line_tokens(self, line: str) -> Sequence[Token]:
        """Tokens of a line of code alone."""
        if self.family == "php":
            return php_tokens(line, in_code=True)
        return script_tokens(line)

    def may_be(self, before: str, after: str) -> bool:
        """Whether an edit leaves alone what decides which text is code."""
        if self.family != "php":
            return True
        return all(before.count(tag) == after.count(tag) for tag in ("<?", "?>"))


def dialect_of(language: str, path: str) -> Dialect:
    """The dialect of a file of a language that is in `FAMILIES`."""
    return Dialect(FAMILIES[language], PurePosixPath(path).suffix.lower() in (".jsx", ".tsx"))


class Problem(NamedTuple):
    """What the checker says first: `exact` unless only the line is known."""

    start: int
    end: int
    message: str
    exact: bool


Check = Callable[[Sequence[str]], list[Problem | None]]
"""Says of each text what is wrong with it first, or None."""

_UNEXPECTED = re.compile(r'unexpected (?:[a-z ]+)?"(.+?)"(?:, expecting|$)')


@dataclass(frozen=True, slots=True)
class Checking:
    """Asks a language's own checker of many texts at once; a `Check`."""

    tools: Tools
    language: str
    path: str
    context: str | None
    seconds: float

    def __call__(self, texts: Sequence[str]) -> list[Problem | None]:
        files = [
            {
                "path": self.path,
                "data": base64.b64encode(text.encode("latin-1")).decode(),
                "context": self.context,
            }
            for text in texts
        ]
        answer = self.tools.ask(self.language, CHECK, {"files": files}, seconds=self.seconds)
        said = answer["problems"]
        return [one and _problem(text, one) for text, one in zip(texts, said, strict=True)]


def _problem(text: str, said: Mapping[str, Any]) -> Problem:
    message = str(said["message"])
    if "start" in said:
        return Problem(said["start"], said["end"], message, True)
    lines = Lines(text)
    start, end = lines.span(min(len(lines.starts), max(1, said["line"])) - 1)
    if match := _UNEXPECTED.search(message):
        meant = match[1].encode("utf-8", "replace").decode("latin-1")
        places = [start + found.start() for found in re.finditer(re.escape(meant), text[start:end])]
        if places:
            return Problem(places[0], places[-1] + len(meant), message, len(places) == 1)
    return Problem(start, end, message, False)
