"""What a model is told: every fault up front, with hints, then the code; short and always in one order.

Whatever programs, logs and files say is data: a message is one visible line that opens nothing, and the code
stands in a fence that it cannot close.
"""

from collections.abc import Sequence

from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.plain import fence_around, one_line, quoted
from goldseam.core.source import lines_of, position_of
from goldseam.propose.answer import Region

SYSTEM = (
    "You repair broken code. You are given a list of faults and the code. "
    "Repair every fault with the smallest change. Keep everything else exactly as it is: names, order, "
    "comments. Answer with the complete repaired code in one code block and nothing else."
)
MAX_FAULTS = 8
MAX_TEXT = 600


def question(case: Case, region: Region, fence: str, evidence: Sequence[str]) -> str:
    """The user's part of the prompt; `evidence` says what earlier answers did wrong."""
    marks = fence_around(region.text)
    parts = ["Faults:", *_fault_lines(case), ""]
    if case.verdict.evidence:
        parts += ["What happens:", _told(case.verdict.evidence), ""]
    if evidence:
        parts += [
            "These attempts failed, do something else:",
            *(f"- {_told(said)}" for said in evidence),
            "",
        ]
    parts += ["Code:", f"{marks}{fence}", region.text.rstrip("\n"), marks, "", "Repaired code:"]
    return "\n".join(parts)


def _fault_lines(case: Case) -> list[str]:
    if not case.faults:
        return ["- the code does not do what is expected"]
    return [f"- {_described(fault, case)}" for fault in case.faults[:MAX_FAULTS]]


def _described(fault: Fault, case: Case) -> str:
    data = case.current.files[fault.path]
    if fault.span.end - fault.span.start >= len(data):
        return f"{_told(fault.message)}; {_told(fault.hint)}"
    line, _ = position_of(data, fault.span.start)
    lines = lines_of(data)
    text = lines[line - 1].decode("utf-8", "replace") if line <= len(lines) else ""
    return f"line {quoted(text, MAX_TEXT)}: {_told(fault.message)}; {_told(fault.hint)}"


def _told(text: str) -> str:
    return one_line(text, MAX_TEXT)
