"""Fusion: what all analyzers say becomes one ranked list, and a list of what does not count.

Faults of one cause are merged: their evidence is kept, the most suspicious one speaks. A finding of a static
tool is no fault by itself. It counts where a red run supports it: on a line of a failure's frames, in a
function that a failing run went through, or, where the run tells no lines, in a file that it went through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.source import position_of

Fused = tuple[tuple[Fault, ...], tuple[Fault, ...]]


def fuse(found: Iterable[Fault], case: Case) -> Fused:
    """Faults and suspicions, each most suspicious first."""
    merged = _merged(sorted(found, key=_rank))
    counting = [fault for fault in merged if not fault.static or _is_supported(fault, case)]
    rest = [fault for fault in merged if fault not in counting]
    return tuple(counting), tuple(rest)


def _rank(fault: Fault) -> tuple[bool, float, str, int, int]:
    return fault.static, -fault.suspiciousness, fault.path, fault.span.start, fault.span.end


def _merged(ranked: Sequence[Fault]) -> list[Fault]:
    kept: dict[tuple[str, str, int], Fault] = {}
    for fault in ranked:
        key = (str(fault.code), fault.path, fault.span.start)
        if key not in kept:
            kept[key] = fault
            continue
        first = kept[key]
        evidence = tuple(dict.fromkeys((*first.evidence, *fault.evidence)))
        kept[key] = replace(first, evidence=evidence, fix=first.fix or fault.fix)
    return list(kept.values())


def _is_supported(fault: Fault, case: Case) -> bool:
    seen = case.observation
    if case.verdict.plausible or seen.syntax:
        return False
    line = position_of(case.current.files[fault.path], fault.span.start)[0]
    frames = [frame for failure in seen.failures for frame in failure.frames]
    if any(frame.path == fault.path and frame.line == line for frame in frames):
        return True
    ran = [lines[fault.path] for lines in seen.lines.values() if fault.path in lines]
    return any(line in lines for lines in ran) if ran else fault.path == case.incident.path
