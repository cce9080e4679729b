"""A traced run beside the plain one: what the plain run showed stays, and the trace is added to it.

Tracers may slow a program and change what it does. So a trace counts only where the traced run ended as the
plain one did, and of its tests only those that ended alike. Where the plain run did not end, or filled the
memory, no run can end like it: then what was seen on the way counts, and stands for the tests' results that
the plain run never reported.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from goldseam.core.language import Language
from goldseam.core.observation import (
    Ended,
    Failure,
    Observation,
    Run,
    TestOutcome,
    TestResult,
)
from goldseam.core.ports import Job
from goldseam.verify.tracing import Trace

Lines = Mapping[str, Mapping[str, frozenset[int]]]
UNENDED = (Ended.TIMEOUT, Ended.MEMORY)


@dataclass(frozen=True, slots=True)
class Told:
    """A run of a command beside tracers, and what these told."""

    run: Run
    trace: Trace


def traced_job(
    command: str,
    path: str,
    languages: Iterable[Language],
    programs: Path | None,
    seconds: float,
    *,
    is_watched: bool = False,
) -> Job | None:
    """A command beside the tracers of all languages; None if there are none.

    Variables by which test runners write their report stay out: the report is the trace's. `is_watched` asks
    where a command is that does not end, or that fills the memory.
    """
    tracers = [language.tracer for language in languages if language.tracer is not None]
    if programs is None or not tracers:
        return None
    environment = {
        "GOLDSEAM_TRACE_FILE": path,
        "GOLDSEAM_TRACE_SECONDS": str(seconds),
        **({"GOLDSEAM_TRACE_WATCH": "1"} if is_watched else {}),
    }
    for tracer in tracers:
        environment |= tracer.environment
    files = {name for tracer in tracers for name in tracer.files}
    laid = {name: (programs / name).read_text("utf-8") for name in sorted(files)}
    return Job(command, environment=environment, seconds=seconds, programs=laid)


def with_run(plain: Observation, told: Told) -> Observation:
    """What a traced run of `--run` adds."""
    trace = told.trace
    if plain.run is None or not _agrees(plain.run, told.run):
        return plain
    every: dict[str, set[int]] = {}
    for paths in trace.lines.values():
        for path, lines in paths.items():
            every.setdefault(path, set()).update(lines)
    ran = {"": {path: frozenset(lines) for path, lines in every.items()}} if every else {}
    return _with_evidence(replace(plain, lines={**plain.lines, **ran}), plain.run, trace)


def with_tests(plain: Observation, told: Told) -> Observation:
    """What a traced run of `--test` adds; what a module did when it was imported, it did for each test."""
    trace = told.trace
    if plain.test_run is None or not _agrees(plain.test_run, told.run):
        return plain
    tests = plain.tests or trace.tests
    agreeing = {
        test: _with_imports(paths, trace.lines.get("", {}))
        for test, paths in trace.lines.items()
        if test and _ends_alike(test, tests, trace.tests)
    }
    seen = replace(plain, tests=tests, lines={**plain.lines, **agreeing})
    return _with_evidence(seen, plain.test_run, trace)


def _agrees(plain: Run, traced: Run) -> bool:
    if plain.ended in UNENDED:
        return True
    return (plain.ended, plain.exit_code) == (traced.ended, traced.exit_code)


def _ends_alike(test: str, plain: Mapping[str, TestResult], traced: Mapping[str, TestResult]) -> bool:
    if test not in plain or test not in traced:
        return False
    outcome = plain[test].outcome
    return outcome is traced[test].outcome and outcome is not TestOutcome.SKIPPED


def _with_imports(
    ran: Mapping[str, frozenset[int]], imported: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    return {path: lines | imported.get(path, frozenset()) for path, lines in ran.items()}


def _with_evidence(seen: Observation, plain: Run, trace: Trace) -> Observation:
    """Variables and causes of the failures; hot and growing lines where the plain run did not end."""
    failures = tuple(_with_variables(failure, trace.failures) for failure in seen.failures)
    seen = replace(seen, failures=failures or trace.failures)
    if plain.ended is Ended.TIMEOUT:
        seen = replace(seen, hot=seen.hot or trace.hot, threads=seen.threads or trace.threads)
    if plain.ended is Ended.MEMORY or any("Memory" in failure.kind for failure in seen.failures):
        seen = replace(seen, grown=seen.grown or trace.grown)
    return seen


def _with_variables(failure: Failure, told: Iterable[Failure]) -> Failure:
    """The failure with what the tracer knows of the same one: its frames' variables and its causes."""
    for other in told:
        if _is_same(failure, other):
            held = {(frame.path, frame.line, frame.function): frame.variables for frame in other.frames}
            by_line = {(frame.path, frame.line): frame.variables for frame in other.frames}
            frames = tuple(
                replace(
                    frame,
                    variables=frame.variables
                    or held.get((frame.path, frame.line, frame.function))
                    or by_line.get((frame.path, frame.line), ()),
                )
                for frame in failure.frames
            )
            return replace(failure, frames=frames, causes=failure.causes or other.causes)
    return failure


def _is_same(failure: Failure, other: Failure) -> bool:
    """The same kind, the same first line of the message, and no frame that contradicts."""
    if _last(failure.kind) != _last(other.kind):
        return False
    if _first_line(failure.message) != _first_line(other.message):
        return False
    printed = {(frame.path, frame.line) for frame in failure.frames}
    return not printed or bool(printed & {(frame.path, frame.line) for frame in other.frames})


def _last(kind: str) -> str:
    return kind.rpartition(".")[2]


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0].strip()[:200]
