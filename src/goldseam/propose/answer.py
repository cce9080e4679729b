"""From a model's text to a patch of one span: the owner's encoding and line ends, and no gutted files."""

import textwrap
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

MAX_LOST_SHARE = 0.4
SHORT_LINES = 5


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a file that a model is shown and may rewrite; `span` in bytes of `data`.

    `text` is what the model sees: `\\n` line ends, no byte order mark, `margin` taken off every line.
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
    text = textwrap.dedent(shown)
    first = next((line for line in shown.split("\n") if line.strip()), "")
    plain = next((line for line in text.split("\n") if line.strip()), "")
    return Region(path, data, span, encoding, text, first[: len(first) - len(plain)])


def patch_of(region: Region, answer: str, language: Language) -> Patch | str:
    """A patch that changes only lines that differ, or the reason why `answer` is no candidate."""
    if answer.strip() == region.text.strip():
        return "unchanged: the model gave back what it was shown"
    if lost := language.definitions(region.text) - language.definitions(answer):
        return f"incomplete: it lost {', '.join(sorted(lost))}"
    if again := (language.definitions(answer) - language.definitions(region.text)) & _elsewhere(
        region, language
    ):
        return f"it defines {', '.join(sorted(again))} a second time"
    before, after = len(region.text.strip().splitlines()), len(answer.strip().splitlines())
    if before > SHORT_LINES and after < before * (1 - MAX_LOST_SHARE):
        return f"incomplete: {after} lines for {before}"
    try:
        patch = _patch(region, answer)
    except UnicodeEncodeError as error:
        return f"not writable in {region.encoding}: {error.object[error.start : error.end]!r}"
    return patch if patch.paths else "unchanged: the model gave back what it was shown"


def _elsewhere(region: Region, language: Language) -> frozenset[str]:
    rest = region.data[: region.span.start] + b"\n" + region.data[region.span.end :]
    return language.definitions(rest.decode(region.encoding, "replace"))


def _patch(region: Region, answer: str) -> Patch:
    old = region.data[region.span.start : region.span.end]
    mark = UTF8_BOM if old.startswith(UTF8_BOM) else b""
    encoding = "utf-8" if region.encoding == "utf-8-sig" else region.encoding
    text = textwrap.indent(_with_tail_of(region.text, answer), region.margin)
    new = mark + with_newlines(text.encode(encoding), newline_of(region.data))
    edits = minimal_edits(old, _keeping_lines(old, new))
    return Patch({region.path: tuple(_moved(edit, region.span.start) for edit in edits)})


def _with_tail_of(text: str, answer: str) -> str:
    r"""The answer with the region's own empty lines, or none, around it."""
    head = text[: len(text) - len(text.lstrip("\n"))]
    tail = text[len(text.rstrip("\n")) :]
    return head + answer.strip("\n").rstrip() + tail


def _keeping_lines(old: bytes, new: bytes) -> bytes:
    """`new` with the owner's own bytes for lines that differ in nothing but white space at their ends."""
    before, after = lines_of(old), lines_of(new)
    matcher = SequenceMatcher(None, [a.rstrip() for a in before], [b.rstrip() for b in after], autojunk=False)
    parts = [
        before[i1:i2] if tag == "equal" else after[j1:j2] for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    return b"".join(line for part in parts for line in part)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.replacement)
