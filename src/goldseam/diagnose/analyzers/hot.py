"""Faults of programs that do not end or fill the memory: the loop they are in, the lock they wait for."""

import re
from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Evidence, Fault
from goldseam.core.incident import Frame
from goldseam.core.observation import Ended, HotLine, Observation, Stack
from goldseam.core.ports import Analyzer
from goldseam.core.source import line_span, lines_of
from goldseam.diagnose.statements import Kind, statements_in
from goldseam.plugins import hookimpl

HOT_SHARE = 0.1
MUCH = 0.5
_TAKES_A_LOCK = re.compile(r"\s*(?:async\s+)?with\b|.*\.acquire\(|.*\block\b", re.IGNORECASE)
_Place = tuple[str, int]


def analyze(case: Case) -> Iterator[Fault]:
    """A deadlock where all threads wait and one for a lock; else the hot loop; the line that fills memory."""
    seen = case.observation
    if _ended(seen, Ended.TIMEOUT):
        yield from list(_deadlock(case)) or list(_waits(case)) or list(_loop(case))
    if _ended(seen, Ended.MEMORY) or any("MemoryError" in failure.kind for failure in seen.failures):
        yield from _growth(case)


def _ended(seen: Observation, how: Ended) -> bool:
    return any(run is not None and run.ended is how for run in (seen.run, seen.test_run))


def _deadlock(case: Case) -> Iterator[Fault]:
    waiting = _waiting(case)
    holding = [frame for _, frame in waiting if _TAKES_A_LOCK.match(_text(case, frame.path, frame.line))]
    names = ", ".join(stack.thread for stack, _ in waiting)
    for place in dict.fromkeys((frame.path, frame.line) for frame in holding):
        yield _fault(
            case,
            place,
            Code.CONC_DEADLOCK,
            f"a thread waits here for a lock and gets it never (waiting: {names})",
            "take locks in one order everywhere, and release each before waiting for another thread",
            "stacks of all threads when the time was over",
        )


def _waits(case: Case) -> Iterator[Fault]:
    """All threads wait, for something else than a lock."""
    for stack, frame in _waiting(case)[:1]:
        yield _fault(
            case,
            (frame.path, frame.line),
            Code.RUN_TIMEOUT,
            f"'{stack.thread}' waits here for something that never comes",
            "make sure that it is sent, or wait with a time limit",
            "stacks of all threads when the time was over",
        )


def _waiting(case: Case) -> list[tuple[Stack, Frame]]:
    """Waiting threads with their innermost frame in a file under repair; empty if a thread is at work."""
    inside = [(stack, frame) for stack in case.observation.threads if (frame := _innermost(stack, case))]
    return inside if inside and all(stack.waits for stack, _ in inside) else []


def _innermost(stack: Stack, case: Case) -> Frame | None:
    return next((frame for frame in reversed(stack.frames) if frame.path in case.current.files), None)


def _loop(case: Case) -> Iterator[Fault]:
    """The head of the loop that the run was found in, or the hottest line."""
    hot = [line for line in case.observation.hot if line.path in case.current.files]
    if not hot:
        return
    place = _head_of(case, hot) or (hot[0].path, hot[0].line)
    share = sum(line.share for line in hot if line.path == place[0])
    yield _fault(
        case,
        place,
        Code.RUN_TIMEOUT,
        f"the program does not end: it was found in this loop or at lines {_listed(hot)}",
        "make the condition become false, or change what it depends on inside the loop",
        f"samples: {share:.0%} of them in this file",
    )


def _listed(hot: list[HotLine]) -> str:
    return ", ".join(str(line.line) for line in hot[:3])


def _head_of(case: Case, hot: list[HotLine]) -> _Place | None:
    """The nearest head of a loop at or above the hottest line."""
    first = hot[0]
    warm = {line.line for line in hot if line.path == first.path and line.share >= HOT_SHARE * first.share}
    statements = statements_in(first.path, case.current.files[first.path])
    heads = [
        statement.first
        for statement in statements
        if statement.kind in (Kind.CONDITION, Kind.LOOP)
        and re.match(r"\s*(?:while|for|do)\b", _text(case, first.path, statement.first))
    ]
    in_samples = [head for head in heads if head in warm]
    above = [head for head in heads if head <= first.line]
    found = in_samples[:1] or above[-1:]
    return (first.path, found[0]) if found else None


def _growth(case: Case) -> Iterator[Fault]:
    grown = [line for line in case.observation.grown if line.path in case.current.files]
    for line in grown[:1]:
        yield _fault(
            case,
            (line.path, line.line),
            Code.RUN_MEMORY,
            "memory grows while this line runs, until none is left",
            "bound what it keeps, or release what is no longer needed",
            f"samples: {line.share:.0%} of the growth",
        )


def _text(case: Case, path: str, line: int) -> str:
    lines = lines_of(case.current.files[path])
    return lines[line - 1].decode("utf-8", "replace") if 0 < line <= len(lines) else ""


def _fault(case: Case, place: _Place, code: Code, message: str, hint: str, why: str) -> Fault:
    path, line = place
    span = line_span(case.current.files[path], line)
    return Fault(code, path, span, message, hint, 0.9, evidence=(Evidence("runtime", why),))


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


_DEADLOCK = """import threading
import time

first, second = threading.Lock(), threading.Lock()


def one():
    with first:
        time.sleep(0.2)
        with second:
            print("one")


def two():
    with second:
        time.sleep(0.2)
        with first:
            print("two")


threads = [threading.Thread(target=one), threading.Thread(target=two)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""

EXAMPLES = (
    Diagnosed("number = 1\nwhile number:\n    number += 1\n", ("RUN.TIMEOUT",), (2,)),
    Diagnosed(_DEADLOCK, ("CONC.DEADLOCK", "CONC.DEADLOCK")),
    Diagnosed("print('1')\n", expected="2"),
    Diagnosed("raise ValueError('lock')\n"),
)
