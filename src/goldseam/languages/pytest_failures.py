"""Failures as pytest reports them in its own styles: `long`, `short`, `line` (`native` is Python's own).

A report is a head (`____ test_total ____`), then entries, outermost first. An entry of the short style begins
with its place and function, one of the long style ends with its place; lines after `E` are the error.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from goldseam.core.incident import Frame
from goldseam.core.observation import Failure

_SECTION = re.compile(r"={3,} (?P<name>.+?) ={3,}$")
_TOLD = ("FAILURES", "ERRORS")
_HEAD = re.compile(r"_{2,} .+ _{2,}$|_{3,}.{1,200}_{3,}$")
_PLACE = re.compile(r"(?P<path>[^\s:][^:\n]*\.\w{1,5}|<[^>\n]+>):(?P<line>\d{1,9})(?:: ?(?P<rest>.*))?$")
_KIND = re.compile(r"[A-Za-z_][\w.]*$")
_ERROR = re.compile(r"(?P<kind>[A-Za-z_](?:[\w.]|<locals>)*)(?:: (?P<message>.*))?$")
_NATIVE = re.compile(r'\s*File "(?P<path>[^"]+)", line (?P<line>\d{1,9})$')
_DEFINITION = re.compile(r"\s*(?:async )?def (?P<name>\w+)")
_LINKS = ("The above exception was the direct cause", "During handling of the above exception")
_REFUSED = re.compile(r"(?:fixture '.*' not found|.*fixture.*recursive)")
ASSERTION, REFUSED = "AssertionError", "FixtureLookupError"
_MOST_LINES, _MOST_FRAMES = 40, 200


@dataclass(slots=True)
class _Entry:
    """The report of one error as far as it has been read."""

    frames: list[Frame] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    kind: str = ""
    function: str = ""
    source: str = ""

    def failure(self) -> Failure | None:
        """The error that was told, or None if there was none."""
        if not self.said:
            return None
        kind, message = _error(self.said, self.kind)
        return Failure(kind, message, tuple((*self.frames, *_native(self.said))[-_MOST_FRAMES:]))


def reported_in(lines: Sequence[str]) -> Iterator[Failure]:
    """The failures in the sections of a pytest report; of a chain the last error with its causes."""
    start = None
    for number, line in enumerate(lines):
        if section := _SECTION.match(line):
            if start is not None:
                yield from _in_section(lines[start:number])
            start = number + 1 if section["name"] in _TOLD else None
    if start is not None:
        yield from _in_section(lines[start:])


def _in_section(lines: Sequence[str]) -> Iterator[Failure]:
    """Reports under heads, and those of the line style, which has none for tests."""
    heads = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    yield from _of_lines(lines[: heads[0] if heads else len(lines)])
    for start, end in pairwise([*heads, len(lines)]):
        yield from _of_test(lines[start + 1 : end])


def _of_test(lines: Sequence[str]) -> Iterator[Failure]:
    chain: list[Failure] = []
    entry = _Entry()
    for number, line in enumerate(lines):
        if line.startswith(_LINKS):
            if failure := entry.failure():
                chain.append(failure)
            entry = _Entry()
        elif line.startswith("---") and " Captured " in line:
            break
        else:
            _read(entry, line, lines[number + 1] if number + 1 < len(lines) else "")
    if failure := entry.failure():
        yield replace(failure, causes=tuple(reversed(chain)))


def _read(entry: _Entry, line: str, following: str) -> None:
    """One more line of an error's report."""
    if line.startswith("E  "):
        if len(entry.said) < _MOST_LINES:
            entry.said.append(line[1:])
    elif line.startswith(">"):
        entry.source = entry.source if entry.said else line[1:].strip()
    elif match := _PLACE.match(line):
        _place(entry, match, following)
    elif not entry.function and not entry.source and (defined := _DEFINITION.match(line)):
        entry.function = defined["name"]


def _place(entry: _Entry, match: re.Match[str], following: str) -> None:
    rest = (match["rest"] or "").strip()
    if rest.startswith("in "):
        source = following.strip() if following.startswith("    ") else ""
        entry.frames.append(
            Frame(match["path"], int(match["line"]), rest[3:], "" if source == "???" else source)
        )
    elif not rest or _KIND.match(rest):
        entry.frames.append(Frame(match["path"], int(match["line"]), entry.function, entry.source))
        entry.kind = rest
    entry.function = entry.source = ""


def _of_lines(lines: Sequence[str]) -> Iterator[Failure]:
    """`path:12: KeyError: 'x'`, which newer versions print below the error's own lines."""
    said: list[str] = []
    is_native = False
    for line in lines:
        if line.startswith(_LINKS):
            said = []
        elif line.startswith("E  ") or (said and line.startswith("    ")):
            said.append(line[1:])
        elif "Traceback (most recent" in line:
            is_native = True
        elif (match := _PLACE.match(line)) and match["rest"]:
            if not is_native:
                kind, message = _error(said[:_MOST_LINES] or [match["rest"]], "")
                yield Failure(kind, message, (Frame(match["path"], int(match["line"]), ""),))
            said, is_native = [], False


def _error(said: Sequence[str], kind: str) -> tuple[str, str]:
    """Kind and message of an error by its lines, each with a margin, and by the kind at its place."""
    margin = min(len(line) - len(line.lstrip()) for line in said if line.strip()) if any(said) else 0
    lines = [line[margin:].rstrip() for line in said]
    while len(lines) > 1 and (_NATIVE.match(said[0]) or lines[0].startswith(" ")):
        lines, said = lines[1:], said[1:]
    if _REFUSED.match(lines[0]):
        return REFUSED, "\n".join(lines)
    match = _ERROR.match(lines[0])
    if match and (not kind or match["kind"].rpartition(".")[2] == kind.rpartition(".")[2]):
        return match["kind"], "\n".join([match["message"] or "", *lines[1:]]).strip()
    return kind or ASSERTION, "\n".join(lines).strip()


def _native(said: Sequence[str]) -> Iterator[Frame]:
    """The place of a syntax error, which stands among its lines."""
    for number, line in enumerate(said[:-1]):
        if match := _NATIVE.match(line):
            yield Frame(match["path"], int(match["line"]), "<module>", said[number + 1].strip())
