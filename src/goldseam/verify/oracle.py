"""The oracle: the owner's exact commands, in a fresh copy, judged against what was red before.

Checks in order: every file under repair parses, then `--run`, then `--test`. Red comes first: the owner's
bytes are judged until two runs agree. A repair is green once as a candidate and once more as landed, and
after the first green the unrepaired bytes must still be red in the same kind of box (the canary).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from goldseam.core.candidate import Candidate, Mark, Screening, Verdict
from goldseam.core.errors import FlakyOracle, ToolMissing
from goldseam.core.incident import Incident
from goldseam.core.observation import Ended, Observation, Run, SyntaxProblem, TestOutcome, TestResult
from goldseam.core.outcome import Declined, Reason
from goldseam.core.outputs import lines_mended
from goldseam.core.plain import one_line
from goldseam.core.source import Snapshot, position_of, sha256
from goldseam.verify.ahead import Ahead, Pending
from goldseam.verify.baseline import Baseline, baseline_of
from goldseam.verify.checks.band_aid import Policy, cautions_of, judge_rulings, no_policy
from goldseam.verify.checks.behaviour_lock import BehaviourLock, Call
from goldseam.verify.checks.execution import Finding, judge_run
from goldseam.verify.checks.failing_test import WEAK_ORACLE, judge_tests
from goldseam.verify.observer import Both, Observer, missing_command, suspects_of
from goldseam.verify.policy.ruling import Ruling
from goldseam.verify.screening import MAX_EVIDENCE, MAX_MARK, RUN, TEST, Batch, Screener, run_in, screening_in
from goldseam.verify.seal import Seal

RULE_BROKEN = 10_000_000.0


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often the owner's bytes are run before anything is proposed.

    `runs` times; if those disagree, `runs_when_flaky` times, and a test that differs is ignored from then on.
    """

    runs: int = 2
    runs_when_flaky: int = 5


class CommandOracle:
    """Implements `Oracle` for one incident."""

    def __init__(
        self,
        incident: Incident,
        observer: Observer,
        seal: Seal,
        repeats: Repeats,
        policy: Policy = no_policy,
        lock: BehaviourLock | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        self._spec = incident.oracle
        self._path = incident.path
        self._observer = observer
        self._seal = seal
        self._repeats = repeats
        self._policy = policy
        self._lock = lock
        self._ahead = ahead or Ahead()
        self._screener = Screener(observer.sandbox, observer.languages, observer.programs)
        self._seen: list[Observation] = []
        self._known: dict[str, Observation] = {}
        self._baseline = Baseline()
        self._original = Snapshot({})
        self._beside: Pending[Both] | None = None
        self._locked: Pending[tuple[Call, ...]] | None = None
        self._canary_is_red = False

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        """Judge the owner's bytes; `Declined` if red runs disagree or a command cannot be found."""
        self._original = snapshot
        self._observer = self._observer.knowing(snapshot)
        try:
            syntax = self._observer.problems(snapshot.files)
        except ToolMissing as error:
            return Declined(Reason.UNSUPPORTED, str(error))
        if self._spec.commands and not syntax:
            self._beside = self._ahead.begin(partial(self._observer.both_traced, self._path))
        first = Observation(syntax=syntax) if syntax else self._observer.observe({}, {})
        self._seen = [first]
        self._known[snapshot.digest] = first
        if missing := missing_command(first):
            return Declined(Reason.ENVIRONMENT, f"{missing}; commands run in {self._observer.root}")
        verdict = self._verdict(first, snapshot)
        if verdict.plausible or first.syntax or not self._spec.commands:
            return verdict
        baseline = baseline_of(self._repeated(first))
        if baseline is None:
            return Declined(Reason.FLAKY, "runs of the unchanged files disagree; nothing was changed")
        self._baseline = baseline
        return self._verdict(first, snapshot)

    def observe(self, snapshot: Snapshot) -> Observation:
        """What the commands show of the snapshot, with what one more run of each shows to tracers.

        A file that does not parse is not run.
        """
        overlay = snapshot.changed_since(self._original)
        plain = self._seen[0] if self._seen and not overlay else None
        plain = plain or self._observer.observe(snapshot.files, overlay)
        if plain.syntax:
            return plain
        told = self._beside.result() if self._beside is not None and not overlay else (None, None)
        seen = self._observer.trace(plain, self._path, overlay, told)
        self._known[snapshot.digest] = seen
        return seen

    def screen(
        self, snapshot: Snapshot, candidates: Sequence[Candidate], seconds: float
    ) -> tuple[Screening, ...]:
        """Try patches of `snapshot` in one box, on the command that is red: the tests, else the program.

        Nothing that policy or seal would say is said here. Before a verdict on `snapshot`, and while it does
        not parse, nothing is screened.
        """
        seen = self._known.get(snapshot.digest)
        if seen is None or seen.syntax:
            return (Screening(Mark.UNSCREENED),) * len(candidates)
        self._begin_lock()
        overlay = snapshot.changed_since(self._original)
        batch = partial(Batch, path=self._path, candidates=candidates, overlay=overlay)
        if seen.test_run is not None and (tests := self._wanted(seen)):
            wanted = batch(TEST, seen.test_run, tests=tests, ignored=self._baseline.flaky)
            records = self._screener.reported(wanted, seconds)
            return tuple(screening_in(records.get(at)) for at in range(len(candidates)))
        red, judged = self._red_run(seen)
        if red is None or red.run is None:
            return (Screening(Mark.UNSCREENED),) * len(candidates)
        records = self._screener.reported(batch(RUN, red.run), seconds)
        runs = [run_in(records.get(at), red.run.command) for at in range(len(candidates))]
        before = judged(red).measure
        return tuple(self._screened(run, red.run, before, judged) for run in runs)

    def _red_run(self, seen: Observation) -> tuple[Observation | None, Callable[[Observation], Finding]]:
        """What to try candidates on, and its judge: the program, else tests that tell an exit code alone."""
        if seen.run is not None and not self._of_run(seen).green:
            return seen, self._of_run
        untold = Observation(run=seen.test_run)
        has_exited = seen.test_run is not None and seen.test_run.ended is Ended.EXITED
        is_red = has_exited and not seen.tests and not self._of_exit(untold).green
        return (untold if is_red else None), self._of_exit

    def _wanted(self, seen: Observation) -> dict[str, TestResult]:
        """The tests to try candidates on; none if none of them fails."""
        tests = {name: result for name, result in seen.tests.items() if name not in self._baseline.flaky}
        return tests if any(one.outcome is TestOutcome.FAILED for one in tests.values()) else {}

    def _screened(
        self, run: Run | None, red: Run, before: float, judged: Callable[[Observation], Finding]
    ) -> Screening:
        """What `judge` would say of this run; the gain is the share of the distance that is gone.

        A program's only input is the run itself: those that print the same behave alike, which says nothing
        where all must print the same. Its tests are the lines that it should print.
        """
        if run is None:
            return Screening(Mark.UNSCREENED)
        now = judged(self._observer.shown(run))
        expected = self._spec.expected
        if now.green:
            printed = (sha256(run.stdout)[:MAX_MARK],) if expected is None else ()
            return Screening(Mark.PROMISING, 1.0, behaviour=printed)
        gain = (before - now.measure) / before if before else 0.0
        mended = 0 if expected is None else lines_mended(red.stdout, run.stdout, expected)
        evidence = one_line(self._told(now.evidence), MAX_EVIDENCE)
        return Screening(Mark.RED, max(-1.0, gain), evidence, mended=mended)

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        """One run of each command in a fresh copy with the snapshot's bytes laid over.

        What the policy rejects is never run, and ranks last so that no search starts from it. What is
        `doubtful` has some times as long as the owner's bytes took, and not all the time there is.
        """
        rulings = self._policy(self._original, snapshot, self._spec, self._seen)
        allowed = judge_rulings(rulings)
        if not allowed.green:
            reds = float(1 + len(self._spec.commands))
            checks, distance = ((allowed.name, False),), (reds, RULE_BROKEN + allowed.measure)
            return Verdict(False, checks, distance, self._told(allowed.evidence), Observation())
        suspects = suspects_of(snapshot, self._original, self._path)
        overlay = snapshot.changed_since(self._original)
        self._begin_lock()
        observer = self._observer.impatient(self._seen[0]) if doubtful and self._seen else self._observer
        seen = observer.observe(suspects, overlay)
        self._seen.append(seen)
        self._known[snapshot.digest] = seen
        verdict = self._with_policy(self._verdict(seen, snapshot), rulings)
        if verdict.plausible and (objection := self._objection()):
            return replace(verdict, plausible=False, evidence=objection, distance=(RULE_BROKEN, 0.0))
        return self._with_lock(verdict, overlay) if verdict.plausible else verdict

    def _with_policy(self, verdict: Verdict, rulings: Sequence[Ruling]) -> Verdict:
        cautions = (*verdict.cautions, *map(self._told, cautions_of(rulings)))
        return replace(verdict, cautions=tuple(dict.fromkeys(cautions)))

    def _begin_lock(self) -> None:
        """Begin to record the calls that the first green candidate will be held to."""
        if self._lock is not None and self._locked is None:
            recorded = partial(self._lock.recorded, self._original.files, self._baseline.tests)
            self._locked = self._ahead.begin(recorded)

    def _with_lock(self, verdict: Verdict, overlay: dict[str, bytes]) -> Verdict:
        """A green verdict after the behaviour lock: with its check, red or with its cautions."""
        said = self._lock and self._locked and self._lock.judge(self._locked.result(), overlay)
        if not said:
            return verdict
        finding, cautions = said
        judged = replace(
            verdict,
            checks=(*verdict.checks, (finding.name, finding.green)),
            cautions=(*verdict.cautions, *map(self._told, cautions)),
        )
        if finding.green:
            return judged
        evidence = self._told(finding.evidence)
        return replace(judged, plausible=False, distance=(1.0, finding.measure), evidence=evidence)

    def _told(self, text: str) -> str:
        return self._observer.text_of(text.encode("utf-8", "replace"))

    def _repeated(self, first: Observation) -> list[Observation]:
        """Runs of the owner's bytes; one beside tracers counts if it ended as the first."""
        seen, again = [first], self._observer.hurried(first)
        if self._beside is not None and (second := agreeing(first, self._beside.result())):
            seen.append(second)
        while len(seen) < self._repeats.runs:
            seen.append(again.observe({}, {}))
        while baseline_of(seen) is None and len(seen) < self._repeats.runs_when_flaky:
            seen.append(again.observe({}, {}))
        return seen

    def _objection(self) -> str | None:
        """Why a green run proves nothing, or None; raises `FlakyOracle`."""
        if broken := self._seal.broken():
            return f"{broken[0]} changed while the repair was judged; it belongs to the oracle"
        if not self._canary_is_red and self._spec.commands:
            if self._verdict(self._unrepaired(), self._original).plausible:
                raise FlakyOracle("the unrepaired files are green now: the failure comes and goes by itself")
            self._canary_is_red = True
        return None

    def _unrepaired(self) -> Observation:
        """What the owner's bytes do where a candidate's would lie; those that do not parse are not run."""
        if self._seen[0].syntax:
            return self._seen[0]
        return self._observer.hurried(self._seen[0], 1 / 6).observe({}, self._original.files)

    def _verdict(self, seen: Observation, snapshot: Snapshot) -> Verdict:
        findings = self._findings(seen, snapshot)
        total = 1 + len(self._spec.commands)
        red = [finding for finding in findings if not finding.green]
        return Verdict(
            plausible=not red and len(findings) == total,
            checks=tuple((finding.name, finding.green) for finding in findings),
            distance=(float(total - len(findings) + len(red)), red[0].measure if red else 0.0),
            evidence=self._told("; ".join(finding.evidence for finding in red or findings)),
            observation=seen,
            cautions=self._cautions(seen),
        )

    def _cautions(self, seen: Observation) -> tuple[str, ...]:
        weak = (WEAK_ORACLE,) if seen.test_run is not None and not seen.tests else ()
        ignored = sorted(self._baseline.flaky)
        flaky = (f"flaky tests are ignored: {', '.join(ignored)}",) if ignored else ()
        data = self._seal.data_among(self._newly_written(seen.test_run))
        wrote = (f"the tests wrote {', '.join(data)}, which they may have read before",) if data else ()
        return (*weak, *flaky, *wrote)

    def _findings(self, seen: Observation, snapshot: Snapshot) -> list[Finding]:
        if seen.syntax:
            return [_syntax_finding(seen.syntax, snapshot)]
        findings = [Finding("syntax", True, 0, "parses")]
        if touched := self._touched(seen):
            return [*findings, Finding("seal", False, RULE_BROKEN, f"the run wrote {touched}")]
        if seen.run is not None:
            findings.append(self._of_run(seen))
        if seen.test_run is not None:
            findings.append(judge_tests(seen.test_run, seen.tests, self._baseline, self._observer.text_of))
        return findings

    def _of_run(self, seen: Observation) -> Finding:
        assert seen.run is not None
        return judge_run(
            seen.run,
            expected=self._spec.expected,
            prefix=self._baseline.prefix,
            lines_left=self._lines_left(seen),
            text_of=self._observer.text_of,
        )

    def _of_exit(self, seen: Observation) -> Finding:
        assert seen.run is not None
        return judge_tests(seen.run, {}, self._baseline, self._observer.text_of)

    def _touched(self, seen: Observation) -> str:
        """Sealed files that the commands wrote now and did not write before the repair."""
        written = [path for run in (seen.run, seen.test_run) for path in self._newly_written(run)]
        return ", ".join(self._seal.touched(written))

    def _newly_written(self, run: Run | None) -> Iterator[str]:
        return (path for path in (run.written if run else ()) if path not in self._baseline.written)

    def _lines_left(self, seen: Observation) -> float:
        """Lines of the first suspect behind its outermost frame: a later crash is nearer to green."""
        total = len(self._original.files.get(self._path, b"").splitlines())
        lines = [
            frame.line for failure in seen.failures for frame in failure.frames if frame.path == self._path
        ]
        return float(max(0, total - lines[0])) if lines else float(total)


def agreeing(first: Observation, told: Both) -> Observation | None:
    """The traced runs as an observation, if they and each test of them ended as in the first runs."""
    run, test_run = told
    if (run is None) != (first.run is None) or (test_run is None) != (first.test_run is None):
        return None
    seen = Observation(
        run=run.run if run else None,
        test_run=test_run.run if test_run else None,
        tests=test_run.trace.tests if test_run else {},
    )
    baseline = baseline_of([first, seen])
    return None if baseline is None or baseline.flaky else seen


def _syntax_finding(problems: Sequence[SyntaxProblem], snapshot: Snapshot) -> Finding:
    """Fewer broken files first, then a first error nearer to the end: a parser stops at the first."""
    behind = sum(snapshot.files[found.path].count(b"\n", found.span.start) for found in problems)
    first = problems[0]
    line, _ = position_of(snapshot.files[first.path], first.span.start)
    evidence = f"{first.path}, line {line}: {first.message}"
    return Finding("syntax", False, 100_000.0 * len(problems) + behind, evidence)
