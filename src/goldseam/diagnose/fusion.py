"""Fusion: what all analyzers say becomes one ranked list, and a list of what does not count.

Faults of one cause are merged: on one line, with touching spans, where they have one code or one's code says
more than the other's (a misspelt name more than an undefined one). Their evidence is kept. What a run showed
speaks before what a tool supposes; a fault that is traced to its origin comes before the line that failed.

A finding of a static tool is no fault by itself. It counts where a red run supports it: on a line that a
failure went through, on a name that a failure names, on a line that failing runs ran, or, for findings that
are seldom wrong, anywhere in a module that the failing one imports: a run stops at the first of several bugs.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.observation import TestOutcome
from goldseam.core.source import Span, position_of
from goldseam.diagnose.names.reach import reached

Fused = tuple[tuple[Fault, ...], tuple[Fault, ...]]

_NAMES = frozenset(
    {Code.NAM_UNDEFINED, Code.NAM_WRONG_ATTRIBUTE, Code.NAM_WRONG_IMPORT, Code.ENV_MISSING_PACKAGE}
)
_TYPES = frozenset({Code.TYP_MISMATCH, Code.TYP_NOT_CALLABLE, Code.NAM_WRONG_ATTRIBUTE})
_ANY_RUN = frozenset({Code.RUN_ERROR, Code.RUN_VALUE, Code.LOG_WRONG_RESULT})
SAYS_MORE_THAN: dict[Code, frozenset[Code]] = {
    Code.NAM_LOOKALIKE: _NAMES | {Code.NAM_MISSPELT},
    Code.NAM_MISSING_SELF: _NAMES | {Code.NAM_MISSPELT, Code.NAM_MISSING_IMPORT, Code.TYP_ARITY},
    Code.NAM_MISSING_IMPORT: _NAMES | {Code.NAM_MISSPELT},
    Code.NAM_MISSPELT: _NAMES,
    Code.NAM_SHADOWED_BUILTIN: _NAMES | {Code.NAM_UNBOUND_LOCAL, Code.TYP_NOT_CALLABLE},
    Code.NAM_UNBOUND_LOCAL: frozenset({Code.NAM_UNDEFINED}),
    Code.NAM_WRONG_IMPORT: frozenset({Code.ENV_MISSING_PACKAGE, Code.NAM_UNDEFINED}),
    Code.NAM_WRONG_ATTRIBUTE: frozenset({Code.NAM_UNDEFINED}),
    Code.TYP_NOT_AWAITED: _TYPES | {Code.TYP_NONE_ACCESS, Code.LOG_WRONG_OPERATOR},
    Code.TYP_WRONG_RETURN: _TYPES | {Code.TYP_NONE_ACCESS},
    Code.TYP_NONE_ACCESS: _TYPES,
    Code.TYP_ARITY: _TYPES,
    Code.TYP_WRONG_KEY: _ANY_RUN | {Code.RUN_KEY},
    Code.RUN_KEY: _ANY_RUN,
    Code.RUN_INDEX: _ANY_RUN,
}
"""Codes, and those that they replace where both are seen in one place."""

SELDOM_WRONG = frozenset(
    {
        Code.NAM_UNDEFINED,
        Code.NAM_MISSPELT,
        Code.NAM_LOOKALIKE,
        Code.NAM_MISSING_IMPORT,
        Code.NAM_MISSING_SELF,
        Code.TYP_ARITY,
        Code.TYP_NOT_CALLABLE,
        Code.TYP_NOT_AWAITED,
    }
)
_ON_FRAME, _SAME_NAME, _RAN, _REACHED, _UNSEEN = 1.0, 0.9, 0.6, 0.55, 0.3
_FOLLOW_UPS = frozenset({"CancelledError", "KeyboardInterrupt", "BrokenPipeError", "GeneratorExit"})
_SHOWN_ELSEWHERE = 0.5
_WORD = re.compile(r"'([^']+)'")


def fuse(found: Iterable[Fault], case: Case) -> Fused:
    """Faults and suspicions, each most suspicious first."""
    shown = _Shown.of(case)
    weighed = [_weighed(fault, shown, case) for fault in found]
    counting = _merged(sorted((fault for fault in weighed if _counts(fault, shown)), key=_rank), case)
    counting = _origins_first(counting, case)
    rest = [fault for fault in weighed if not _counts(fault, shown)]
    return tuple(sorted(counting, key=_rank)), tuple(
        sorted(_merged(sorted(rest, key=_rank), case), key=_rank)
    )


def _rank(fault: Fault) -> tuple[float, bool, str, int, int]:
    return -fault.suspiciousness, fault.static, fault.path, fault.span.start, fault.span.end


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a red run showed: lines of frames, names in messages, lines that failing runs ran."""

    red: bool
    frames: frozenset[tuple[str, int]]
    names: frozenset[str]
    ran: dict[str, frozenset[int]]
    reached: frozenset[str]

    @classmethod
    def of(cls, case: Case) -> "_Shown":
        seen = case.observation
        failures = [*seen.failures, *(cause for failure in seen.failures for cause in failure.causes)]
        frames = [frame for failure in failures for frame in failure.frames]
        failed = {name for name, result in seen.tests.items() if result.outcome is TestOutcome.FAILED}
        runs = [lines for name, lines in seen.lines.items() if name in failed or not name or not failed]
        ran: dict[str, frozenset[int]] = {}
        for lines in runs:
            for path, numbers in lines.items():
                ran[path] = ran.get(path, frozenset()) | numbers
        shown = {frame.path for frame in frames} | set(ran) | {case.incident.path}
        return cls(
            not case.verdict.plausible and not seen.syntax,
            frozenset((frame.path, frame.line) for frame in frames),
            frozenset(name for failure in failures for name in _WORD.findall(failure.message)),
            ran,
            reached(case.current.files, shown),
        )


def _weighed(fault: Fault, shown: _Shown, case: Case) -> Fault:
    """A static finding by how well the run supports it; with no support it weighs nothing."""
    if not fault.static:
        is_follow_up = len(shown.frames) > 1 and fault.detail.rpartition(".")[2] in _FOLLOW_UPS
        return replace(fault, suspiciousness=_UNSEEN) if is_follow_up else fault
    return replace(fault, suspiciousness=round(fault.suspiciousness * _support(fault, shown, case), 3))


def _counts(fault: Fault, shown: _Shown) -> bool:
    return not fault.static or (shown.red and fault.suspiciousness > 0)


def _support(fault: Fault, shown: _Shown, case: Case) -> float:
    data = case.current.files.get(fault.path, b"")
    line = position_of(data, fault.span.start)[0]
    named = data[fault.span.start : fault.span.end].decode("utf-8", "replace")
    if not shown.red:
        return 1.0
    if (fault.path, line) in shown.frames:
        return _ON_FRAME
    if named in shown.names:
        return _SAME_NAME
    noisy = fault.code.family in ("NAM", "TYP") and fault.code not in SELDOM_WRONG
    if line in shown.ran.get(fault.path, ()) and not noisy:
        return _RAN
    if fault.path in shown.reached and _is_seldom_wrong(fault):
        return _REACHED if fault.path not in shown.ran else _UNSEEN
    return 0.0


def _is_seldom_wrong(fault: Fault) -> bool:
    """Whether a finding stands without a run: by its code, or as one of the rules of meaning."""
    return fault.code in SELDOM_WRONG or any(said.source.startswith("rule ") for said in fault.evidence)


def _merged(ranked: Sequence[Fault], case: Case) -> list[Fault]:
    """Faults of one cause as one: the code that says most, the evidence of all."""
    by_line: dict[tuple[str, int], list[Fault]] = {}
    for fault in ranked:
        kept = by_line.setdefault((fault.path, _line(fault, case)), [])
        at = next((number for number, other in enumerate(kept) if _is_same(fault, other)), None)
        if at is None:
            kept.append(fault)
        else:
            kept[at] = _joined(kept[at], fault)
    return [fault for kept in by_line.values() for fault in kept]


def _is_same(a: Fault, b: Fault) -> bool:
    """Whether two faults of one line are one: by their code, and by their span or their failure."""
    if not (_touch(a.span, b.span) or _is_one_failure(a, b)):
        return False
    return a.code == b.code or b.code in _replaced(a) or a.code in _replaced(b)


def _is_one_failure(a: Fault, b: Fault) -> bool:
    """Whether two faults tell of one failure, by its own words; a plain one points at its line."""
    return bool(a.detail) and a.message == b.message and _is_plain(a) != _is_plain(b)


def _touch(a: Span, b: Span) -> bool:
    return a.start <= b.end and b.start <= a.end


def _replaced(fault: Fault) -> frozenset[Code]:
    return SAYS_MORE_THAN.get(fault.code, frozenset())


def _joined(first: Fault, second: Fault) -> Fault:
    """`first` is the more suspicious one; it speaks unless the second says more or is narrower."""
    speaks = second if first.code in _replaced(second) or _says_where(second, first) else first
    other = first if speaks is second else second
    return replace(
        speaks,
        suspiciousness=_strength(speaks, other),
        fix=speaks.fix or (other.fix if other.code == speaks.code else ()),
        evidence=tuple(dict.fromkeys((*speaks.evidence, *other.evidence))),
        static=first.static and second.static,
        symptom=speaks.symptom or other.symptom,
        detail=speaks.detail or other.detail,
    )


def _strength(first: Fault, second: Fault) -> float:
    """What was traced from the failure knows best how sure it is; else the surer one."""
    traced = next((fault for fault in (first, second) if fault.symptom is not None), None)
    return traced.suspiciousness if traced else max(first.suspiciousness, second.suspiciousness)


def _says_where(a: Fault, b: Fault) -> bool:
    """Whether `a` is the same fault with a fix that `b` has not."""
    return a.code == b.code and bool(a.fix) and not b.fix


def _origins_first(faults: Sequence[Fault], case: Case) -> list[Fault]:
    """The line that failed ranks behind the fault that made it fail, where that was found elsewhere."""
    origins: dict[tuple[str, int], float] = {}
    for fault in faults:
        place = (fault.path, _line(fault, case))
        if fault.symptom and (shown := (fault.symptom.path, fault.symptom.line)) != place:
            origins[shown] = max(origins.get(shown, 0.0), fault.suspiciousness)
    return [
        replace(fault, suspiciousness=round(min(fault.suspiciousness, strength * 0.8), 3))
        if (strength := origins.get((fault.path, _line(fault, case)), 0.0)) >= _SHOWN_ELSEWHERE
        and _is_plain(fault)
        else fault
        for fault in faults
    ]


def _is_plain(fault: Fault) -> bool:
    """Whether a fault is no more than the failure itself."""
    return fault.symptom is None and bool(fault.detail)


def _line(fault: Fault, case: Case) -> int:
    return position_of(case.current.files.get(fault.path, b""), fault.span.start)[0]
