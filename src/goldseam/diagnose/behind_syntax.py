"""What lies behind syntax faults: the same case with their fixes laid in, and the way back.

A file that does not parse hides all its other faults: no run reaches them, and no parser that builds trees
does. With the smallest fixes of the syntax faults applied, the files can be read, and run, as their owner
meant them; what is found there is told at its place in the files as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault, Place
from goldseam.core.observation import Observation
from goldseam.core.source import Edit, Patch, Snapshot, Span, line_span, position_of

_UNJUDGED = "with its syntax faults mended in thought"


@dataclass(frozen=True, slots=True)
class Behind:
    """A case whose syntax faults are mended in thought by `patch`."""

    case: Case
    patch: Patch
    owned: Snapshot

    def seen(self, verdict: Verdict, traced: Observation) -> "Behind":
        """The same after its files were run."""
        return replace(self, case=replace(self.case, verdict=verdict, traced=traced))

    def told(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Faults of the mended files at their places in the owner's; of syntax enough is known already."""
        for fault in faults:
            if fault.code.family != "SYN":
                yield self._moved(fault)

    def _moved(self, fault: Fault) -> Fault:
        edits = self.patch.edits.get(fault.path, ())
        if not edits:
            return fault if fault.symptom is None else replace(fault, symptom=self._place(fault.symptom))
        fix = [_edit_back(edit, edits) for edit in fault.fix]
        return replace(
            fault,
            span=_back(fault.span, edits),
            fix=tuple(edit for edit in fix if edit) if all(fix) else (),
            symptom=fault.symptom and self._place(fault.symptom),
        )

    def _place(self, place: Place) -> Place:
        edits = self.patch.edits.get(place.path, ())
        if not edits:
            return place
        start = line_span(self.case.current.files[place.path], place.line).start
        return replace(
            place, line=position_of(self.owned.files[place.path], _back(Span(start, start), edits).start)[0]
        )


def behind_syntax(case: Case, faults: Sequence[Fault]) -> Behind | None:
    """The case behind its syntax faults, not yet run; None where there are none, or none with a fix."""
    broken = {problem.path for problem in case.verdict.observation.syntax}
    patch = Patch({path: edits for path, edits in _fixes(faults).items() if path in broken})
    if not patch.paths:
        return None
    verdict = Verdict(False, (), (), _UNJUDGED, Observation())
    mended = Case(case.incident, case.original, case.current.apply(patch), verdict)
    return Behind(mended, patch, case.current)


def _fixes(faults: Sequence[Fault]) -> Mapping[str, tuple[Edit, ...]]:
    """The fixes of the syntax faults by file; one that overlaps an earlier one is left out."""
    chosen: dict[str, list[Edit]] = defaultdict(list)
    for fault in faults:
        if fault.code.family != "SYN" or fault.static:
            continue
        kept = chosen[fault.path]
        if not any(_overlap(edit, other) for edit in fault.fix for other in kept):
            kept += fault.fix
    return {path: tuple(sorted(edits)) for path, edits in chosen.items()}


def _overlap(one: Edit, other: Edit) -> bool:
    a, b = one.span, other.span
    return a == b or (a.start < b.end and b.start < a.end)


def _back(span: Span, edits: Sequence[Edit]) -> Span:
    start, end = _offset_back(span.start, edits), _offset_back(span.end, edits)
    return Span(start, max(start, end))


def _offset_back(offset: int, edits: Sequence[Edit]) -> int:
    """Where a byte of the mended file stands in the owner's; of written bytes, where they were written."""
    moved = 0
    for edit in edits:
        start = edit.span.start + moved
        if offset < start:
            break
        if offset < start + len(edit.replacement):
            return edit.span.start
        moved += len(edit.replacement) - (edit.span.end - edit.span.start)
    return offset - moved


def _edit_back(edit: Edit, edits: Sequence[Edit]) -> Edit | None:
    """The same edit of the owner's file; None where it touches what was written."""
    back = _back(edit.span, edits)
    near = any(e.span.start <= back.end and back.start <= e.span.end for e in edits)
    return None if near else Edit(back, edit.replacement)
