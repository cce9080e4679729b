"""From repairs of a text to faults of a file: characters become bytes, line ends those of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from goldseam.core.fault import Evidence, Fault
from goldseam.core.source import UTF8_BOM, Edit, Span, newline_of, with_newlines
from goldseam.diagnose.syntax.judge import Splice
from goldseam.diagnose.syntax.repair import Repair
from goldseam.diagnose.syntax.reported import statement_at

PLAIN = 0.5
"""A repair that costs no more leaves no doubt that something is wrong just there."""


@dataclass(frozen=True, slots=True)
class Reading:
    r"""A file as text: `text` has `\n` at every line end and each character's place in the bytes is known."""

    data: bytes
    text: str
    encoding: str
    places: Sequence[int]

    def edit(self, splice: Splice) -> Edit:
        """The splice as an edit of the bytes."""
        new = with_newlines(splice.new.encode(self.encoding, "replace"), newline_of(self.data))
        return Edit(Span(self.places[splice.start], self.places[splice.end]), new)


def read(data: bytes, encoding: str) -> Reading:
    """The bytes as text; raises `UnicodeDecodeError` or `LookupError`."""
    start = len(UTF8_BOM) if data.startswith(UTF8_BOM) else 0
    codec = "utf-8" if start else encoding
    raw = data[start:].decode(codec)
    if raw.isascii() and "\r" not in raw:
        return Reading(data, raw, codec, range(start, start + len(raw) + 1))
    if raw.isascii():
        places: Sequence[int] = range(start, start + len(raw) + 1)
    else:
        places = [*accumulate((len(sign.encode(codec)) for sign in raw), initial=start)]
    text, kept = [], []
    for number, sign in enumerate(raw):
        if sign == "\r" and raw[number + 1 : number + 2] == "\n":
            continue
        text.append("\n" if sign == "\r" else sign)
        kept.append(places[number - (sign == "\n" and raw[number - 1 : number] == "\r")])
    kept.append(places[len(raw)])
    return Reading(data, "".join(text), codec, tuple(kept))


def faults_of(path: str, reading: Reading, repairs: Sequence[Repair]) -> list[Fault]:
    """A fault for each repair, in the order of the file."""
    ordered = sorted(repairs, key=lambda repair: min(repair.splices))
    return [
        _fault(path, reading, repair, sure) for repair, sure in zip(ordered, _sureness(ordered), strict=True)
    ]


def _sureness(repairs: Sequence[Repair]) -> list[float]:
    return [1.0 if repair.cost <= PLAIN else max(0.5, 1.0 - repair.cost / 4) for repair in repairs]


def _fault(path: str, reading: Reading, repair: Repair, sure: float) -> Fault:
    edits = tuple(reading.edit(splice) for splice in sorted(repair.splices))
    first = edits[0].span
    hint = _hint(reading, repair)
    return Fault(
        repair.code,
        path,
        first,
        repair.message,
        hint,
        suspiciousness=round(sure, 3),
        detail=statement_at(reading.data, first.start),
        expected=repair.expected,
        fix=edits,
        others=tuple(tuple(reading.edit(splice) for splice in sorted(other)) for other in repair.others),
        evidence=(Evidence("parser", f"parses when mended so: {hint}"),),
    )


def _hint(reading: Reading, repair: Repair) -> str:
    splice = min(repair.splices)
    old = reading.text[splice.start : splice.end].strip("\n")
    new = splice.new.strip("\n")
    if not old.strip() and not new.strip():
        return f"indent this line by {len(new)} instead of {len(old)} characters"
    if not old:
        return f"add {new.strip() or new!r} here"
    if not new:
        return f"remove {old.strip()!r}"
    return f"write {new.strip()!r} instead of {old.strip()!r}"
