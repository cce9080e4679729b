"""Faults from a program that ends well and prints something else, or does not end."""

from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.observation import Ended, Observation
from goldseam.core.ports import Analyzer
from goldseam.core.source import Span
from goldseam.diagnose.localize import wrong_result
from goldseam.plugins import hookimpl


def analyze(case: Case) -> Iterator[Fault]:
    """At most one fault, over the whole first suspect, where nothing tells more closely where it lies."""
    seen = case.verdict.observation
    if seen.syntax or seen.failures or case.incident.path not in case.current.files or _is_placed(case):
        return
    whole = Span(0, len(case.current.files[case.incident.path]))
    runs = [run for run in (seen.run, seen.test_run) if run is not None]
    if any(run.ended is Ended.TIMEOUT for run in runs):
        yield _fault(case, whole, Code.RUN_TIMEOUT, "the program does not end", "make the loop or wait end")
    elif any(run.ended is Ended.MEMORY for run in runs):
        yield _fault(case, whole, Code.RUN_MEMORY, "the program fills the memory", "bound what it keeps")
    elif _wrong_output(seen):
        yield _fault(
            case, whole, Code.LOG_WRONG_OUTPUT, case.verdict.evidence, "make it print what is expected"
        )
    else:
        yield _fault(case, whole, Code.RUN_ERROR, case.verdict.evidence, "make the command succeed")


def _is_placed(case: Case) -> bool:
    """Whether a traced run lets other analyzers say where it lies."""
    seen = case.observation
    places = {line.path for line in (*seen.hot, *seen.grown)}
    places |= {frame.path for stack in seen.threads for frame in stack.frames}
    if wrong_result(seen) is not None and not places:
        return bool(case.suspects)
    return not places.isdisjoint(case.current.files)


def _wrong_output(seen: Observation) -> bool:
    return seen.run is not None and seen.run.succeeded and seen.expected is not None


def _fault(case: Case, span: Span, code: Code, message: str, hint: str) -> Fault:
    return Fault(code, case.incident.path, span, message, hint, suspiciousness=0.5)


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed("import sys\nsys.exit(3)\n", ("RUN.ERROR",), (1,)),
    Diagnosed("print(total)\n", expected="Total: 6"),
    Diagnosed("print('Total: 6')  \n", expected="Total: 6\n\n"),
)
