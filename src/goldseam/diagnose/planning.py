"""What a diagnosis is worth: attempts, model tokens and seconds, by the count and the kind of its faults."""

import re

from goldseam.core.case import Case
from goldseam.core.diagnosis import Plan
from goldseam.core.fault import Code, Fault

OVERHEAD_TOKENS = 4_000
"""The fixed part of all questions: the orders, the code around, the evidence."""
TOKENS_BY_FILE = 1_000
"""A fault whose place is not known: the file is shown and comes back."""
TOKENS_BY_SPAN = 350
"""A fault in a known function, of which alone a model is asked."""
SECONDS = 30.0
SECONDS_A_FAULT = 15.0
SECONDS_FOR_THREADS = 60.0
"""A schedule that fails has to be met more than once."""
ATTEMPTS, ATTEMPTS_A_FAULT = 8, 2
MAX_ATTEMPTS = 12
LIKELY_PLACES = frozenset({Code.LOG_WRONG_RESULT, Code.LOG_WRONG_OUTPUT})
"""However many places they name, it is one fault that may lie there."""
NOT_MENDED = frozenset({"ENV", "TST"})
"""Families that no edit of a source under repair mends."""

_WITHOUT_PLACE = frozenset({Code.LOG_WRONG_OUTPUT, Code.RUN_TIMEOUT, Code.RUN_MEMORY, Code.RUN_ERROR})
_THREADS = re.compile(
    rb"\b(?:import|from)\s+(?:threading|multiprocessing|asyncio|concurrent\.futures)\b"
    rb"|['\"](?:node:)?(?:worker_threads|cluster)['\"]|\bpcntl_fork\s*\("
)


def plan_of(case: Case, tokens_a_second: float | None = None) -> Plan | None:
    """The plan for a diagnosed case; None where there is nothing that an edit could mend.

    With `tokens_a_second`, the measured pace of a model, the time that its tokens take is added; and that of
    the owner's commands, once an attempt.
    """
    faults = _counted([fault for fault in case.faults if fault.code.family not in NOT_MENDED])
    if not faults:
        return None
    threads = any(_involves_threads(fault, case) for fault in faults)
    tokens = OVERHEAD_TOKENS + sum(map(_tokens, faults))
    seconds = SECONDS + SECONDS_A_FAULT * len(faults) + (SECONDS_FOR_THREADS if threads else 0.0)
    asking = tokens / tokens_a_second if tokens_a_second else 0.0
    attempts = min(MAX_ATTEMPTS, ATTEMPTS + ATTEMPTS_A_FAULT * len(faults))
    judging = attempts * _seconds_of_commands(case)
    return Plan(attempts, tokens, seconds + asking + judging, threads)


def _seconds_of_commands(case: Case) -> float:
    """What the owner's commands took at the last judgement: each attempt runs them anew."""
    seen = case.verdict.observation
    return sum(run.seconds for run in (seen.run, seen.test_run) if run is not None)


def _counted(faults: list[Fault]) -> list[Fault]:
    """Without the further places of a fault that is only known by what it does."""
    likely = [fault for fault in faults if fault.code in LIKELY_PLACES]
    return [*(fault for fault in faults if fault.code not in LIKELY_PLACES), *likely[:1]]


def _tokens(fault: Fault) -> int:
    return TOKENS_BY_FILE if fault.code in _WITHOUT_PLACE else TOKENS_BY_SPAN


def _involves_threads(fault: Fault, case: Case) -> bool:
    """A fault between threads, or one that only a run showed, in a file that starts some."""
    if fault.code.family == "CONC":
        return True
    data = case.current.files.get(fault.path, b"")
    return fault.code.family != "SYN" and _THREADS.search(data) is not None
