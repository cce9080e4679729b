"""What a model is told: every fault up front, with hints, then the code; short and always in one order.

The most suspicious fault comes first: it is the root of others. A fault is a line of the code, what is said
of it, what would mend it and, in a few words, why that is believed. Where the diagnosis knows the mended
line, that line is told; else the token that was expected.

Whatever programs, logs and files say is data: a message is one visible line that opens nothing, and the code
stands in a fence that it cannot close.
"""

from collections.abc import Sequence

from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.plain import fence_around, one_line, quoted
from goldseam.core.source import Edit, Span, apply_edits, line_span, lines_of, position_of
from goldseam.propose.asking.answer import Region

SYSTEM = (
    "You repair broken code. You are given a list of faults and the code. "
    "Repair every fault with the smallest change. Keep everything else exactly as it is: names, order, "
    "comments. Answer with the complete repaired code in one code block and nothing else."
)
BARE_SYSTEM = (
    "You repair broken code. The function has a bug. Answer with the complete repaired function in one code "
    "block and nothing else."
)
SPAN_SYSTEM = (
    "You repair broken code. Some of its lines are wrong. Answer with what should stand in place of these "
    "lines, in one code block, without line numbers, and nothing else."
)
MAX_FAULTS, MAX_PLACES = 8, 2
PLACES = frozenset({Code.LOG_WRONG_RESULT, Code.LOG_WRONG_OUTPUT})
"""Codes that say where something may be wrong and not what."""
MAX_TEXT = 600
MAX_EVIDENCE, MAX_EVIDENCE_TEXT = 2, 80
MAX_PATH = 200
MAX_MENDED = 240
"""A longer line is not told: the model would copy it wrongly."""


def question(
    case: Case, region: Region, fence: str, evidence: Sequence[str], context: str = "", *, places: bool = True
) -> str:
    """The user's part of the prompt; `evidence` says what earlier answers did wrong.

    `context` is what the code uses of its module. Without `places` the lines that are only likely are not
    told: a small model mends what it is shown, and then leaves alone what is wrong.
    """
    parts = ["Faults:", *_fault_lines(case, region, MAX_PLACES if places else 0), ""]
    if case.verdict.evidence:
        parts += ["What happens:", _told(case.verdict.evidence), ""]
    if evidence:
        parts += [
            "These attempts failed, do something else:",
            *(f"- {_told(said)}" for said in evidence),
            "",
        ]
    return "\n".join([*parts, *_used(context, fence), *_code(region, fence), "", "Repaired code:"])


def bare_question(region: Region, context: str, fence: str) -> tuple[str, str]:
    """System and user part for a function without any word on what is wrong."""
    return BARE_SYSTEM, "\n".join([*_used(context, fence), *_code(region, fence), "", "Repaired function:"])


def span_question(
    case: Case, region: Region, first: int, end: int, context: str, fence: str
) -> tuple[str, str]:
    """System and user part that ask for the lines `first` to `end`, from 0, the end excluded, alone."""
    lines = region.text.rstrip("\n").split("\n")
    width = len(str(len(lines)))
    numbered = "\n".join(f"{number:{width}d} | {line}" for number, line in enumerate(lines, 1))
    marks = fence_around(numbered)
    parts = ["Faults:", *_fault_lines(case, region), "", *_used(context, fence)]
    parts += ["Code, with line numbers:", marks, numbered, marks, ""]
    where = f"line {end}" if end == first + 1 else f"lines {first + 1} to {end}"
    return SPAN_SYSTEM, "\n".join([*parts, f"Write {where} anew:"])


def _used(context: str, fence: str) -> list[str]:
    """What the code uses of its module."""
    if not context.strip():
        return []
    marks = fence_around(context)
    return ["It uses:", f"{marks}{fence}", context, marks, ""]


def _code(region: Region, fence: str) -> list[str]:
    marks = fence_around(region.text)
    return ["Code:", f"{marks}{fence}", region.text.rstrip("\n"), marks]


def _fault_lines(case: Case, region: Region, places: int = MAX_PLACES) -> list[str]:
    shown = _shown(case.faults, places)[:MAX_FAULTS]
    return [f"- {_described(fault, case, region)}" for fault in shown] or [
        "- the code does not do what is expected"
    ]


def _shown(faults: Sequence[Fault], most: int) -> list[Fault]:
    """Without the long tail of places that are only likely."""
    places = [fault for fault in faults if fault.code in PLACES][:most]
    return [fault for fault in faults if fault.code not in PLACES or fault in places]


def _described(fault: Fault, case: Case, region: Region) -> str:
    data = case.current.files[fault.path]
    parts = [_told(fault.message), _told(fault.hint), _mending(fault, data), _reasons(fault)]
    said = "; ".join(part for part in parts if part)
    elsewhere = "" if fault.path == region.path else f"in {quoted(fault.path, MAX_PATH)}, "
    if fault.span.end - fault.span.start >= len(data):
        return f"{elsewhere}{said}"
    return f"{elsewhere}line {quoted(_line_at(data, fault.span.start), MAX_TEXT)}: {said}"


def _line_at(data: bytes, offset: int) -> str:
    line, _ = position_of(data, offset)
    lines = lines_of(data)
    return lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""


def _mending(fault: Fault, data: bytes) -> str:
    """What the line should be, or the token that was expected in it."""
    mended = _mended_line(fault, data)
    if mended:
        return f"write {quoted(mended, MAX_TEXT)}"
    return f"expected {quoted(fault.expected, MAX_TEXT)}" if fault.expected.strip() else ""


def _mended_line(fault: Fault, data: bytes) -> str:
    """The fault's line with its fix, where the fix stays in that line."""
    line = line_span(data, position_of(data, fault.span.start)[0])
    inside = all(line.start <= edit.span.start <= edit.span.end <= line.end for edit in fault.fix)
    if not fault.fix or not inside:
        return ""
    moved = [
        Edit(Span(edit.span.start - line.start, edit.span.end - line.start), edit.replacement)
        for edit in fault.fix
    ]
    try:
        mended = apply_edits(data[line.start : line.end], moved).decode("utf-8", "replace").strip()
    except ValueError:
        return ""
    return mended if len(mended) <= MAX_MENDED and "\n" not in mended else ""


def _reasons(fault: Fault) -> str:
    """Evidence in a few words; what only repeats the message is left out."""
    said = {one_line(evidence.text, MAX_EVIDENCE_TEXT): evidence.source for evidence in fault.evidence}
    told = _told(f"{fault.message} {fault.hint}")
    new = [f"{one_line(source, 20)}: {text}" for text, source in said.items() if text and text not in told]
    return f"because {', '.join(new[:MAX_EVIDENCE])}" if new else ""


def _told(text: str) -> str:
    return one_line(text, MAX_TEXT)
