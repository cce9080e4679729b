"""Source text as bytes: spans, edits, patches, snapshots, lines and line ends.

Every position is a byte offset into the file as it is on disk. An edit is a splice, so a byte order
mark, the encoding, CRLF line ends and a missing last newline survive outside the edited span by
construction.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from types import MappingProxyType

UTF8_BOM = b"\xef\xbb\xbf"
MANY_LINES = 1_000
"""Beyond, repeated lines are no anchors when two texts are compared: their number would be squared."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of bytes `[start, end)`; `ValueError` if it is negative or reversed."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the bytes of `span` by `replacement`."""

    span: Span
    replacement: bytes


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """`data` with all edits applied; `ValueError` if they overlap or reach past the end."""
    ordered = sorted(edits)
    parts: list[bytes] = []
    position = 0
    for edit in ordered:
        if edit.span.start < position or edit.span.end > len(data):
            raise ValueError(f"edits overlap or leave the file at byte {edit.span.start}")
        parts += [data[position : edit.span.start], edit.replacement]
        position = edit.span.end
    parts.append(data[position:])
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class Patch:
    """Edits over one or more existing files, all or none; it creates, deletes and renames nothing.

    `edits` maps a project-relative path with `/` to non-overlapping edits of that file.
    """

    edits: Mapping[str, tuple[Edit, ...]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "edits", MappingProxyType(dict(sorted(self.edits.items()))))

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for path, edits in self.edits.items() if edits)

    @property
    def size(self) -> int:
        """Bytes removed plus bytes written."""
        return sum(e.span.end - e.span.start + len(e.replacement) for es in self.edits.values() for e in es)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of the files under repair at one moment, by project-relative path with `/`."""

    files: Mapping[str, bytes]

    def __post_init__(self) -> None:
        object.__setattr__(self, "files", MappingProxyType(dict(sorted(self.files.items()))))

    def apply(self, patch: Patch) -> "Snapshot":
        """A new snapshot; `KeyError` if the patch names a file that is not here."""
        changed = {path: apply_edits(self.files[path], edits) for path, edits in patch.edits.items()}
        return Snapshot({**self.files, **changed})

    def changed_since(self, original: "Snapshot") -> dict[str, bytes]:
        """Paths and bytes that differ from `original`, which holds the same paths."""
        return {path: data for path, data in self.files.items() if original.files[path] != data}

    def patch_since(self, original: "Snapshot") -> Patch:
        """The smallest line-wise patch that turns `original` into this snapshot."""
        changed = self.changed_since(original)
        return Patch({path: minimal_edits(original.files[path], data) for path, data in changed.items()})

    @property
    def digest(self) -> str:
        """SHA-256 over paths and bytes, hexadecimal."""
        total = hashlib.sha256()
        for path, data in self.files.items():
            total.update(f"{path}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            total.update(data)
        return total.hexdigest()


def sha256(data: bytes) -> str:
    """SHA-256 of `data`, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def lines_of(data: bytes) -> list[bytes]:
    r"""Lines with their ends (`\n`, `\r\n` or a lone `\r`); joined again they are `data`."""
    return data.splitlines(keepends=True)


def line_span(data: bytes, line: int) -> Span:
    """Bytes of the 1-based `line` without its line end; past the last line, the empty end of the file."""
    start = 0
    for number, text in enumerate(lines_of(data), 1):
        if number == line:
            return Span(start, start + len(text.rstrip(b"\r\n")))
        start += len(text)
    return Span(len(data), len(data))


def position_of(data: bytes, offset: int) -> tuple[int, int]:
    """1-based line and column of a byte offset; columns count characters as UTF-8 reads them."""
    before = lines_of(data[:offset])
    if not before:
        return 1, 1
    last = before[-1]
    if last.endswith((b"\n", b"\r")):
        return len(before) + 1, 1
    return len(before), len(last.removeprefix(UTF8_BOM).decode("utf-8", "replace")) + 1


def newline_of(data: bytes) -> bytes:
    r"""The line end that most lines of `data` have; `\n` if there is none."""
    crlf = data.count(b"\r\n")
    counts = {b"\n": data.count(b"\n") - crlf, b"\r\n": crlf, b"\r": data.count(b"\r") - crlf}
    return max(counts, key=lambda end: counts[end])


def with_newlines(text: bytes, newline: bytes) -> bytes:
    """`text` with every line end replaced by `newline`."""
    return newline.join(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))


def minimal_edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Edits that turn `old` into `new`: changed lines, each narrowed to the bytes that differ."""
    before, after = lines_of(old), lines_of(new)
    head = _common_prefix(before, after)
    tail = _common_prefix(before[head:][::-1], after[head:][::-1])
    start = sum(map(len, before[:head]))
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    starts = [*accumulate(map(len, before), initial=start)]
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > MANY_LINES)
    return tuple(
        _narrowed(starts[a], b"".join(before[a:b]), b"".join(after[c:d]))
        for tag, *block in matcher.get_opcodes()
        if tag != "equal"
        for a, b, c, d in _by_line(*block)
        if before[a:b] != after[c:d]
    )


def _by_line(a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
    """A block of as many new lines as old ones line by line, any other as it is."""
    if b - a != d - c:
        yield a, b, c, d
        return
    yield from ((a + number, a + number + 1, c + number, c + number + 1) for number in range(b - a))


def _narrowed(start: int, old: bytes, new: bytes) -> Edit:
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])


def _common_prefix(left: Sequence[object], right: Sequence[object]) -> int:
    for index, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return index
    return min(len(left), len(right))
