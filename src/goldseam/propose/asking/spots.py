"""Suspicious places, each in the function around it, and what failing tests say in code."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import PurePosixPath

from goldseam.core.case import Case
from goldseam.core.language import Language, language_of
from goldseam.core.observation import Failure
from goldseam.core.plain import one_line
from goldseam.core.source import Span, lines_of, position_of
from goldseam.propose.asking.answer import Region, region_of
from goldseam.propose.asking.holes import body_start
from goldseam.propose.asking.prompt import PLACES
from goldseam.propose.asking.surroundings import callers_of, surroundings

MOST_SPOTS = 5
MOST_BODIES = 3
MOST_REGION_BYTES = 12_000
NOT_HERE = frozenset({"ENV", "TST"})
MOST_CALLS, CALL_CHARACTERS, OUTPUT_CHARACTERS = 3, 160, 200


@dataclass(frozen=True, slots=True)
class Spot:
    """Lines `first` to `end` of a region, from 0, the end excluded; `head` is the line of its definition.

    A spot outside any function lies in its whole file, and has no head. `context` is what the function uses
    of its module, as code; `callers` are lines that call it.
    """

    region: Region
    language: Language
    first: int
    end: int
    head: int
    context: str = ""
    callers: tuple[str, ...] = ()

    @property
    def in_function(self) -> bool:
        return self.head >= 0

    @property
    def is_indented(self) -> bool:
        return self.region.text.split("\n")[self.first][:1].isspace()


def spots_of(case: Case, languages: tuple[Language, ...]) -> tuple[Spot, ...]:
    """The most suspicious places: what the diagnosis is sure of, then the statements by their rank."""
    found: dict[tuple[str, int], Spot] = {}
    for path, span in _places(case):
        language = language_of(path, languages)
        if language is None or len(found) == MOST_SPOTS:
            continue
        line = position_of(case.current.files[path], span.start)[0]
        if (path, line) not in found and (spot := _spot(case.current.files[path], path, span, language)):
            found[path, line] = spot
    return tuple(found.values()) or tuple(_bodies(case, languages))


def _bodies(case: Case, languages: tuple[Language, ...]) -> Iterator[Spot]:
    """Where no run tells a place: the first functions of the first suspect file, each as a whole."""
    path = case.incident.path
    data = case.current.files.get(path, b"")
    language = language_of(path, languages)
    if language is None or len(data) > MOST_REGION_BYTES:
        return
    blocks: dict[Span, None] = {}
    starts = accumulate(map(len, lines_of(data)), initial=0)
    for offset in starts:
        if len(blocks) == MOST_BODIES:
            break
        if offset < len(data) and (block := language.enclosing_block(data, offset)):
            blocks[block] = None
    for block in blocks:
        if spot := _spot(data, path, block, language):
            yield spot


def _places(case: Case) -> Iterator[tuple[str, Span]]:
    for fault in case.faults:
        known = fault.path in case.current.files
        sure = fault.code not in PLACES and fault.code.family not in NOT_HERE and not fault.static
        if known and sure and fault.span != Span(0, len(case.current.files[fault.path])):
            yield fault.path, fault.span
    yield from ((s.path, s.span) for s in case.suspects if s.path in case.current.files)
    yield from ((fault.path, fault.span) for fault in case.faults if fault.path in case.current.files)


def _spot(data: bytes, path: str, span: Span, language: Language) -> Spot | None:
    around = language.enclosing_block(data, span.start)
    whole = around is None or around.end - around.start > MOST_REGION_BYTES
    if around is None or whole:
        around = Span(0, len(data))
    region = region_of(path, data, around, language)
    if region is None or (len(data) > MOST_REGION_BYTES and whole):
        return None
    top = position_of(data, around.start)[0]
    first = position_of(data, span.start)[0] - top
    end = position_of(data, max(span.start, span.end - 1))[0] - top + 1
    lines = region.text.split("\n")
    if not (0 <= first < end <= len(lines)) or not lines[first].strip():
        return None
    if whole:
        return Spot(region, language, first, end, -1)
    head = _head(lines)
    if first <= head:
        first = end = body_start(lines, head) or 0
    return Spot(region, language, first, max(end, first + 1), head, *context_of(region)) if first else None


def _head(lines: list[str]) -> int:
    """The line of the definition behind decorators and attributes."""
    return next(
        (n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(("@", "#["))), 0
    )


def context_of(region: Region) -> tuple[str, tuple[str, ...]]:
    """What a part of a file uses of its module, as code, and the lines that call it."""
    text = _text_of(region).replace("\r\n", "\n").replace("\r", "\n")
    first = position_of(region.data, region.span.start)[0] - 1
    end = first + len(region.text.rstrip("\n").split("\n"))
    callers = callers_of(text, first, end)
    return surroundings(text, first, end, callers), tuple(callers)


def _text_of(region: Region) -> str:
    """The whole file; some codecs refuse what stands outside of the part, whatever they are told."""
    try:
        return region.data.decode(region.encoding, "replace")
    except UnicodeError:
        return region.data.decode("latin-1")


def told_by_tests(case: Case) -> tuple[tuple[str, str], ...]:
    """What failing tests demand, as code, and what should be printed: texts by name."""
    lines = (_asserting_line(failure, case) for failure in case.observation.failures)
    calls = list(dict.fromkeys(one_line(line, CALL_CHARACTERS) for line in lines if line))[:MOST_CALLS]
    told = [("tests", "\n".join(calls) + "\n")] if calls else []
    if case.observation.expected:
        expected = case.observation.expected.decode("utf-8", "replace")[:OUTPUT_CHARACTERS]
        told.append(("expected output", expected))
    return tuple(told)


def _asserting_line(failure: Failure, case: Case) -> str:
    """The innermost line of the project outside of the files under repair, where a test asserts."""
    outside = (
        frame
        for frame in reversed(failure.frames)
        if frame.path not in case.current.files and not PurePosixPath(frame.path).is_absolute()
    )
    return next((frame.source for frame in outside), "")
