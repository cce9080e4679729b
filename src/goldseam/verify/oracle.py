"""The oracle: the owner's exact commands, in a fresh copy, judged against what was red before.

Checks in order: every file under repair parses, then `--run`, then `--test`. The owner's bytes are judged
twice before anything is proposed, and a repair once as a candidate and once more as landed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from goldseam.core.candidate import Verdict
from goldseam.core.incident import Frame, Incident
from goldseam.core.language import Language
from goldseam.core.observation import Failure, Observation, Run, SyntaxProblem, TestOutcome, TestResult
from goldseam.core.outcome import Declined, Reason
from goldseam.core.outputs import stable_prefix
from goldseam.core.ports import Job, Sandbox, SyntaxChecker
from goldseam.core.source import Snapshot, position_of
from goldseam.verify.checks.execution import Finding, judge_run
from goldseam.verify.checks.failing_test import WEAK_ORACLE, judge_tests, results_in

COMMAND_NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the owner's bytes did: printed lines to keep, test results to compare with."""

    prefix: list[bytes | None] = field(default_factory=list)
    tests: Mapping[str, TestResult] = field(default_factory=dict)


class CommandOracle:
    """Implements `Oracle` for one incident."""

    def __init__(
        self,
        incident: Incident,
        sandbox: Sandbox,
        checker: SyntaxChecker,
        languages: tuple[Language, ...],
        *,
        root: str,
        command_seconds: float,
    ) -> None:
        self._spec = incident.oracle
        self._path = incident.path
        self._sandbox = sandbox
        self._checker = checker
        self._languages = languages
        self._root = PurePosixPath(root)
        self._command_seconds = command_seconds
        self._baseline = Baseline()
        self._original = Snapshot({})

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        """Judge the owner's bytes twice; `Declined` if the two disagree or a command cannot be found."""
        self._original = snapshot
        first = self.observe(snapshot)
        if missing := self._missing_command(first):
            return Declined(Reason.ENVIRONMENT, missing)
        if not first.syntax and self._spec.commands:
            second = self.observe(snapshot)
            if _signature(first) != _signature(second):
                return Declined(Reason.FLAKY, "two runs of the unchanged files disagree; nothing was changed")
            self._baseline = _baseline(first, second)
        return self._verdict(first, snapshot)

    def judge(self, snapshot: Snapshot) -> Verdict:
        """One run of each command in a fresh copy with the snapshot's bytes laid over."""
        return self._verdict(self.observe(snapshot), snapshot)

    def observe(self, snapshot: Snapshot) -> Observation:
        """Everything the commands show; nothing is run while a file does not parse."""
        problems = [self._checker.check(path, data) for path, data in self._suspects(snapshot).items()]
        syntax = tuple(problem for problem in problems if problem is not None)
        if syntax:
            return Observation(syntax=syntax)
        run = self._run(self._spec.run, snapshot)
        test_run = self._run(self._spec.test, snapshot)
        tests = results_in(test_run.report if test_run else None)
        return Observation(
            run=run,
            test_run=test_run,
            tests=tests,
            failures=self._failures(run, test_run, tests),
            expected=self._spec.expected,
        )

    def _suspects(self, snapshot: Snapshot) -> Mapping[str, bytes]:
        """Files whose parsing is in question: all at first, then those that changed."""
        if snapshot is self._original:
            return snapshot.files
        changed = snapshot.changed_since(self._original)
        return {**changed, self._path: snapshot.files[self._path]}

    def _run(self, command: str | None, snapshot: Snapshot) -> Run | None:
        if command is None:
            return None
        environment = {
            name: value for lang in self._languages for name, value in lang.test_environment.items()
        }
        changed = snapshot.changed_since(self._original)
        return self._sandbox.run(Job(command, changed, environment, self._command_seconds))

    def _missing_command(self, seen: Observation) -> str | None:
        for run in (seen.run, seen.test_run):
            if run is not None and run.exit_code == COMMAND_NOT_FOUND:
                said = run.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
                return f"'{run.command}' cannot be run: {said[0] if said else 'command not found'}"
        return None

    def _failures(
        self, run: Run | None, test_run: Run | None, tests: Mapping[str, TestResult]
    ) -> tuple[Failure, ...]:
        texts = [result.text for result in tests.values() if result.outcome is TestOutcome.FAILED]
        if run is not None and not run.succeeded:
            texts.append(run.stderr.decode("utf-8", "replace"))
        if test_run is not None and not test_run.succeeded and not texts:
            texts.append((test_run.stdout + b"\n" + test_run.stderr).decode("utf-8", "replace"))
        found = (failure for text in texts for lang in self._languages for failure in lang.failures_in(text))
        return tuple(replace(failure, frames=tuple(map(self._relative, failure.frames))) for failure in found)

    def _relative(self, frame: Frame) -> Frame:
        path = PurePosixPath(frame.path)
        if path.is_relative_to(self._root):
            path = path.relative_to(self._root)
        return replace(frame, path=str(path))

    def _verdict(self, seen: Observation, snapshot: Snapshot) -> Verdict:
        findings = self._findings(seen, snapshot)
        total = 1 + len(self._spec.commands)
        red = [finding for finding in findings if not finding.green]
        reds = total - sum(finding.green for finding in findings)
        weak = seen.test_run is not None and not seen.tests
        return Verdict(
            plausible=not red and len(findings) == total,
            checks=tuple((finding.name, finding.green) for finding in findings),
            distance=(float(reds), red[0].measure if red else 0.0),
            evidence="; ".join(finding.evidence for finding in red or findings),
            observation=seen,
            cautions=(WEAK_ORACLE,) if weak else (),
        )

    def _findings(self, seen: Observation, snapshot: Snapshot) -> list[Finding]:
        if seen.syntax:
            return [_syntax_finding(seen.syntax, snapshot)]
        findings = [Finding("syntax", True, 0, "parses")]
        if seen.run is not None:
            findings.append(
                judge_run(
                    seen.run,
                    expected=self._spec.expected,
                    prefix=self._baseline.prefix,
                    lines_left=self._lines_left(seen),
                )
            )
        if seen.test_run is not None:
            findings.append(judge_tests(seen.test_run, seen.tests, self._baseline.tests))
        return findings

    def _lines_left(self, seen: Observation) -> float:
        """Lines of the first suspect behind its outermost frame: a later crash is nearer to green."""
        total = len(self._original.files.get(self._path, b"").splitlines())
        lines = [
            frame.line for failure in seen.failures for frame in failure.frames if frame.path == self._path
        ]
        return float(max(0, total - lines[0])) if lines else float(total)


def _syntax_finding(problems: tuple[SyntaxProblem, ...], snapshot: Snapshot) -> Finding:
    """Fewer broken files first, then a first error nearer to the end: a parser stops at the first."""
    behind = sum(snapshot.files[found.path].count(b"\n", found.span.start) for found in problems)
    first = problems[0]
    line, _ = position_of(snapshot.files[first.path], first.span.start)
    evidence = f"{first.path}, line {line}: {first.message}"
    return Finding("syntax", False, 100_000.0 * len(problems) + behind, evidence)


def _baseline(first: Observation, second: Observation) -> Baseline:
    prefix = stable_prefix(first.run.stdout, second.run.stdout) if first.run and second.run else []
    return Baseline(prefix, first.tests)


def _signature(seen: Observation) -> tuple[object, ...]:
    """What two honest runs of the same bytes agree on."""
    runs = tuple((run.exit_code, run.ended) for run in (seen.run, seen.test_run) if run is not None)
    return runs, tuple(sorted((name, result.outcome) for name, result in seen.tests.items()))
