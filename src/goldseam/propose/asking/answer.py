"""From a model's text to a patch of one span: the owner's encoding and line ends, and no gutted files."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from goldseam.core.language import Language
from goldseam.core.source import (
    UTF8_BOM,
    Edit,
    Patch,
    Span,
    lines_of,
    minimal_edits,
    newline_of,
    with_newlines,
)
from goldseam.propose.asking.excerpt import excerpt

MAX_LOST_SHARE = 0.4
SHORT_LINES = 5

_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a file that a model is shown and may rewrite; `span` in bytes of `data`.

    `text` is what the model sees: `\\n` line ends, no byte order mark, `margin` taken off every line. A
    region that begins with its file has no margin: there indentation itself may be the fault.
    """

    path: str
    data: bytes
    span: Span
    encoding: str
    text: str
    margin: str


def region_of(path: str, data: bytes, span: Span, language: Language) -> Region | None:
    """The region, or None if its bytes cannot be read in the file's encoding."""
    try:
        encoding = language.encoding_of(data)
        raw = data[span.start : span.end].removeprefix(UTF8_BOM)
        shown = with_newlines(raw, b"\n").decode(encoding)
    except (ValueError, LookupError):
        return None
    text = textwrap.dedent(shown) if span.start else shown
    first = next((line for line in shown.split("\n") if line.strip()), "")
    plain = next((line for line in text.split("\n") if line.strip()), "")
    return Region(path, data, span, encoding, text, first[: len(first) - len(plain)])


LOST_HIDDEN = "it lost or copied a secret that the model was not shown"


def keeps_secrets(before: str, after: str, hidden: Iterable[str]) -> bool:
    """Whether code holds each secret that the model was not shown as often as before."""
    return all(after.count(secret) == before.count(secret) for secret in hidden)


def patch_of(region: Region, answer: str, language: Language) -> Patch | str:
    """A patch that changes only lines that differ, or the reason why `answer` is no candidate."""
    try:
        return _patch_or_reason(region, answer, language)
    except UnicodeEncodeError as error:
        return f"not writable in {region.encoding}: {error.object[error.start : error.end]!r}"
    except UnicodeError as error:
        return f"not writable in {region.encoding}: {error}"


def _patch_or_reason(region: Region, answer: str, language: Language) -> Patch | str:
    if region.span != Span(0, len(region.data)):
        answer = excerpt(answer, region.text, _elsewhere(region, language), language)
    if answer.strip() == region.text.strip():
        return "unchanged: the model gave back what it was shown"
    if lost := language.definitions(region.text) - language.definitions(answer):
        return f"incomplete: it lost {', '.join(sorted(lost))}"
    before, after = len(region.text.strip().splitlines()), len(answer.strip().splitlines())
    if before > SHORT_LINES and after < before * (1 - MAX_LOST_SHARE):
        return f"incomplete: {after} lines for {before}"
    patch = _patch(region, answer)
    return patch if patch.paths else "unchanged: the model gave back what it was shown"


def _elsewhere(region: Region, language: Language) -> frozenset[str]:
    rest = region.data[: region.span.start] + b"\n" + region.data[region.span.end :]
    return language.definitions(rest.decode(region.encoding, "replace"))


def _patch(region: Region, answer: str) -> Patch:
    old = region.data[region.span.start : region.span.end]
    mark = UTF8_BOM if old.startswith(UTF8_BOM) else b""
    encoding = "utf-8" if region.encoding == "utf-8-sig" else region.encoding
    plain = textwrap.dedent(answer) if region.margin else answer
    text = _indented(_with_tail_of(region.text, plain), region.margin)
    new = mark + with_newlines(text.encode(encoding), newline_of(region.data))
    edits = minimal_edits(old, _keeping_lines(old, new))
    return Patch({region.path: tuple(_moved(edit, region.span.start) for edit in edits)})


def _with_tail_of(text: str, answer: str) -> str:
    """The answer with the region's own blank lines, or none, around it."""
    head = text[: _blank_lines(text)]
    tail = text[len(text.rstrip()) :]
    return head + answer[_blank_lines(answer) :].rstrip() + tail


def _blank_lines(text: str) -> int:
    """The length of the blank lines that `text` begins with."""
    match = _BLANK_LINES.match(text)
    return match.end() if match else 0


def _indented(text: str, margin: str) -> str:
    r"""`margin` before every line that is not blank; only `\n` ends a line, as in source code."""
    return "\n".join(margin + line if line.strip() else line for line in text.split("\n"))


def _keeping_lines(old: bytes, new: bytes) -> bytes:
    """`new` with the owner's own bytes for lines that differ in nothing but white space at their ends."""
    before, after = lines_of(old), lines_of(new)
    was = dict(_counterparts([line.rstrip() for line in before], [line.rstrip() for line in after]))
    return b"".join(_kept(before[was[at]], line) if at in was else line for at, line in enumerate(after))


def _counterparts(left: Sequence[bytes], right: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Line numbers of `right` with the line of `left` that each was: equal, or one of as many changed ones.

    From both ends inwards first, so that a repeated line finds its own place.
    """
    head = _shared(left, right)
    tail = _shared(left[head:][::-1], right[head:][::-1])
    yield from ((number, number) for number in range(head))
    yield from ((len(right) - number, len(left) - number) for number in range(1, tail + 1))
    middle = left[head : len(left) - tail], right[head : len(right) - tail]
    for _, i1, i2, j1, j2 in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if i2 - i1 == j2 - j1:
            yield from ((head + j1 + number, head + i1 + number) for number in range(i2 - i1))


def _shared(left: Sequence[bytes], right: Sequence[bytes]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(left), len(right)))


def _kept(old: bytes, new: bytes) -> bytes:
    """`new` with the owner's line end, and with the owner's white space if they differ in nothing else."""
    text, end = _parted(new)
    old_text, old_end = _parted(old)
    return (old_text if old.rstrip() == new.rstrip() else text) + (end and (old_end or end))


def _parted(line: bytes) -> tuple[bytes, bytes]:
    """The text of a line and its line end."""
    text = line.rstrip(b"\r\n")
    return text, line[len(text) :]


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.replacement)
