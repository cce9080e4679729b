"""Faults from a program that ends well and prints something else, or does not end."""

from collections.abc import Iterator

from goldseam.core.case import Case
from goldseam.core.example import Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.observation import Ended, Observation
from goldseam.core.ports import Analyzer
from goldseam.core.source import Span
from goldseam.plugins import hookimpl


def analyze(case: Case) -> Iterator[Fault]:
    """At most one fault, over the whole first suspect: where it lies is for localization to say."""
    seen = case.verdict.observation
    if seen.syntax or seen.failures or case.incident.path not in case.current.files:
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


def _wrong_output(seen: Observation) -> bool:
    return seen.run is not None and seen.run.succeeded and seen.expected is not None


def _fault(case: Case, span: Span, code: Code, message: str, hint: str) -> Fault:
    return Fault(code, case.incident.path, span, message, hint, suspiciousness=0.5)


@hookimpl
def goldseam_analyzers() -> tuple[Analyzer, ...]:
    return (analyze,)


EXAMPLES = (
    Diagnosed("print('Total: 5')\n", ("LOG.WRONG_OUTPUT",), (1,), expected="Total: 6"),
    Diagnosed("while True: pass\n", ("RUN.TIMEOUT",), (1,)),
    Diagnosed("import sys\nsys.exit(3)\n", ("RUN.ERROR",), (1,)),
    Diagnosed("print(total)\n", expected="Total: 6"),
    Diagnosed("print('Total: 6')  \n", expected="Total: 6\n\n"),
)
