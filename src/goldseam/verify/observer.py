"""Runs the owner's commands on one snapshot and tells all that they show."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.incident import Frame, OracleSpec
from goldseam.core.language import Language
from goldseam.core.observation import (
    Ended,
    Failure,
    Observation,
    Run,
    SyntaxProblem,
    TestOutcome,
    TestResult,
)
from goldseam.core.outputs import same_output
from goldseam.core.plain import MAX_LINE, clipped, visible, with_short_lines
from goldseam.core.ports import Job, Sandbox, SyntaxChecker
from goldseam.core.redaction import Redactor
from goldseam.core.source import Snapshot
from goldseam.verify.checks.failing_test import results_in
from goldseam.verify.traced import UNENDED, Told, traced_job, with_run, with_tests
from goldseam.verify.tracing import Trace, read

Both = tuple[Told | None, Told | None]
"""What `--run` and `--test` told beside tracers, where they could."""


@dataclass(frozen=True, slots=True)
class Observer:
    """Parses first, and runs nothing while a file does not parse.

    What a run prints is data: it leaves here without secrets and without what hides or moves text, but for
    standard output, which is compared as it is and read only through `text_of`. `programs` is the folder of
    the tracers' files; without it nothing is traced.
    """

    spec: OracleSpec
    sandbox: Sandbox
    checker: SyntaxChecker
    languages: tuple[Language, ...]
    root: PurePosixPath
    command_seconds: float
    redactor: Redactor = field(default_factory=Redactor)
    programs: Path | None = None

    def knowing(self, snapshot: Snapshot) -> "Observer":
        """One that also takes for secret what the files under repair hold as such."""
        return replace(self, redactor=self.redactor.knowing(_readable(snapshot)))

    def hurried(self, seen: Observation, share: float = 1 / 3) -> "Observer":
        """One that waits less, for bytes whose commands did not end: that they do not is known already."""
        if not any(run.ended is Ended.TIMEOUT for run in _runs(seen)):
            return self
        return self._within(share * self.command_seconds)

    def impatient(self, seen: Observation) -> "Observer":
        """One that waits some times longer than the commands took as they were `seen`."""
        return self._within(TIMES_LONGER * max((run.seconds for run in _runs(seen)), default=0.0))

    def _within(self, seconds: float) -> "Observer":
        return replace(self, command_seconds=min(self.command_seconds, max(LEAST_SECONDS, seconds)))

    def text_of(self, output: bytes) -> str:
        """Output as a person or a model may read it."""
        return with_short_lines(self.redactor.redacted(visible(output.decode("utf-8", "replace"))))

    def observe(self, suspects: Mapping[str, bytes], overlay: Mapping[str, bytes]) -> Observation:
        """What parsing `suspects` and running the commands with `overlay` over the project shows."""
        if syntax := self.problems(suspects):
            return Observation(syntax=syntax)
        run = self._run(self.spec.run, overlay)
        test_run = self._run(self.spec.test, overlay)
        tests = self._read(results_in(test_run.report if test_run else None))
        return Observation(
            run=run,
            test_run=test_run,
            tests=tests,
            failures=self._failures(run, test_run, tests),
            expected=self.spec.expected,
        )

    def problems(self, suspects: Mapping[str, bytes]) -> tuple[SyntaxProblem, ...]:
        """Why files do not parse; raises `ToolMissing` where nothing can tell, and no command will."""
        found = [self._problem(path, data) for path, data in suspects.items()]
        return tuple(problem for problem in found if problem is not None)

    def _problem(self, path: str, data: bytes) -> SyntaxProblem | None:
        try:
            return self.checker.check(path, data)
        except ToolMissing:
            if self.spec.commands:
                return None
            raise

    def trace(
        self, plain: Observation, path: str, overlay: Mapping[str, bytes], told: Both = (None, None)
    ) -> Observation:
        """`plain` with what one more run of each command shows to tracers; `path` is any file here.

        What was `told` already is taken where the plain run ended: else the tracers watch where it is.
        """
        seen = plain
        for run, known, add in ((plain.run, told[0], with_run), (plain.test_run, told[1], with_tests)):
            if run is None:
                continue
            if known is None or run.ended in UNENDED:
                known = self._traced(run.command, path, overlay, run)
            seen = seen if known is None else add(seen, known)
        return seen

    def both_traced(self, path: str) -> Both:
        """What the commands on the owner's bytes tell beside tracers."""
        return self._traced(self.spec.run, path, {}), self._traced(self.spec.test, path, {})

    def _traced(
        self, command: str | None, path: str, overlay: Mapping[str, bytes], plain: Run | None = None
    ) -> Told | None:
        """A run of a command beside its tracers, or None where there are none or no box for it."""
        if command is None:
            return None
        seconds, is_watched = self.command_seconds, plain is not None and plain.ended in UNENDED
        if plain is not None and plain.ended is Ended.TIMEOUT:
            seconds = min(seconds, max(LEAST_SECONDS, seconds / 3))
        job = traced_job(command, path, self.languages, self.programs, seconds, is_watched=is_watched)
        if job is None:
            return None
        try:
            run = self.sandbox.run(replace(job, overlay=overlay))
        except SandboxError:
            return None
        trace = read(run.report, lambda text: self.text_of(text.encode("utf-8", "replace")))
        return Told(run, self._with_relative_frames(trace))

    def _with_relative_frames(self, trace: Trace) -> Trace:
        failures = tuple(map(self._bounded, trace.failures))
        stacks = (replace(stack, frames=tuple(map(self._relative, stack.frames))) for stack in trace.threads)
        return replace(trace, failures=failures, threads=tuple(stacks))

    def _run(self, command: str | None, overlay: Mapping[str, bytes]) -> Run | None:
        if command is None:
            return None
        reporters = [language.test_environment for language in self.languages]
        environment = {name: value for reporter in reporters for name, value in reporter.items()}
        programs = self._test_programs()
        run = self.sandbox.run(Job(command, overlay, environment, self.command_seconds, programs))
        return replace(run, stderr=self.text_of(run.stderr).encode())

    def shown(self, run: Run) -> Observation:
        """What a run of `--run` shows that was told by somebody else."""
        run = replace(run, stderr=self.text_of(run.stderr).encode())
        return Observation(run=run, failures=self._failures(run, None, {}), expected=self.spec.expected)

    def _test_programs(self) -> dict[str, str]:
        names = [name for language in self.languages for name in language.test_programs]
        return {name: (self.programs / name).read_text("utf-8") for name in names} if self.programs else {}

    def _read(self, tests: Mapping[str, TestResult]) -> dict[str, TestResult]:
        return {
            name: replace(result, text=self.text_of(result.text.encode("utf-8", "replace")))
            for name, result in tests.items()
        }

    def _failures(
        self, run: Run | None, test_run: Run | None, tests: Mapping[str, TestResult]
    ) -> tuple[Failure, ...]:
        texts = [result.text for result in tests.values() if result.outcome is TestOutcome.FAILED]
        if run is not None and not (run.succeeded and self._prints_right(run)):
            texts.append(run.stderr.decode())
        if test_run is not None and not test_run.succeeded and not texts:
            texts.append(self.text_of(test_run.stdout + b"\n" + test_run.stderr))
        found = tuple(self._told(texts))
        if not found and run is not None and not run.succeeded:
            found = tuple(self._told([self.text_of(run.stdout)]))
        return tuple(map(self._bounded, found))

    def _prints_right(self, run: Run) -> bool:
        return self.spec.expected is None or same_output(run.stdout, self.spec.expected)

    def _told(self, texts: Iterable[str]) -> Iterator[Failure]:
        return (failure for text in texts for lang in self.languages for failure in lang.failures_in(text))

    def _bounded(self, failure: Failure) -> Failure:
        frames = tuple(map(self._relative, failure.frames))
        return replace(failure, message=clipped(failure.message, MAX_LINE), frames=frames)

    def _relative(self, frame: Frame) -> Frame:
        path = PurePosixPath(frame.path)
        return replace(
            frame, path=str(path.relative_to(self.root) if path.is_relative_to(self.root) else path)
        )


def _runs(seen: Observation) -> list[Run]:
    return [run for run in (seen.run, seen.test_run) if run is not None]


def _readable(snapshot: Snapshot) -> Iterator[str]:
    left = KNOWN_BYTES
    for data in snapshot.files.values():
        if len(data) <= left:
            left -= len(data)
            yield data.decode("utf-8", "replace")


def missing_command(seen: Observation) -> str | None:
    """Why a command could not be run at all, or None."""
    for run in (seen.run, seen.test_run):
        if run is None or run.succeeded:
            continue
        said = (run.stderr.decode("utf-8", "replace").strip().splitlines() or ["command not found"])[-1]
        if run.exit_code == COMMAND_NOT_FOUND or NO_SUCH_PROGRAM.match(said):
            return f"'{run.command}' cannot be run: {said}"
        if no_file := NO_SUCH_FILE.match(
            (run.stderr.strip() or run.stdout.strip()).decode("utf-8", "replace")
        ):
            return f"'{run.command}' cannot be run: there is no file {no_file[1] or no_file[2] or no_file[3]}"
    return None


def suspects_of(snapshot: Snapshot, original: Snapshot, path: str) -> dict[str, bytes]:
    """Files whose parsing is in question: those that differ from the owner's, and the first suspect."""
    return {**snapshot.changed_since(original), path: snapshot.files[path]}


COMMAND_NOT_FOUND = 127
LEAST_SECONDS = 10.0
TIMES_LONGER = 10
NO_SUCH_PROGRAM = re.compile(r"\S*python[\d.]*: No module named ")
"""What an interpreter says when it cannot find the program of `-m`; a program's own failure has frames."""
NO_SUCH_FILE = re.compile(
    r"\S*python[\d.]*: can't open file '([^'\n]+)'.*\Z|Could not open input file: (\S+)\Z"
    r"|node:internal/modules/.*\n[\s\S]*Error: Cannot find module '([^'\n]+)'[\s\S]*requireStack: \[\]"
)
"""The same of a program's file, as Python, PHP and Node say it and nothing else."""
KNOWN_BYTES = 2_000_000
"""Of the files under repair, so much is searched for secrets."""
