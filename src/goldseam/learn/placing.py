"""Faults met on the way of a repair, placed in the bytes that the owner wrote."""

from collections.abc import Iterable
from dataclasses import replace

from goldseam.core.fault import Fault
from goldseam.core.source import Snapshot, Span, line_span, lines_of, position_of

Seen = tuple[Fault, Snapshot | None]
"""A fault and the snapshot that its span counts in; None for the owner's own."""


def placed(seen: Iterable[Seen], original: Snapshot | None) -> tuple[Fault, ...]:
    """The faults by their places in `original`, each once, without those in lines that a candidate wrote."""
    found: dict[tuple[str, Span, str], Fault] = {}
    for fault, at in seen:
        own = fault if at is None or original is None else _in_original(fault, at, original)
        if own is not None:
            found.setdefault((own.path, own.span, own.message), own)
    return tuple(found.values())


def _in_original(fault: Fault, at: Snapshot, original: Snapshot) -> Fault | None:
    before, after = original.files[fault.path], at.files[fault.path]
    if fault.span == Span(0, len(after)):
        return replace(fault, span=Span(0, len(before)))
    line, _ = position_of(after, fault.span.start)
    here = line_span(after, line)
    text = after[here.start : here.end]
    same = [number for number, other in enumerate(lines_of(before), 1) if other.rstrip(b"\r\n") == text]
    if not same:
        return None
    there = line_span(before, min(same, key=lambda number: abs(number - line)))
    start = min(there.start + max(0, fault.span.start - here.start), there.end)
    return replace(fault, span=Span(start, min(start + fault.span.end - fault.span.start, there.end)))
