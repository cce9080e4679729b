"""The whole road, with a scripted model: real files, the real sandbox, the real landing."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from goldseam.config import load
from goldseam.core.budget import Budget
from goldseam.core.candidate import Verdict
from goldseam.core.errors import ModelUnavailable, StoreError
from goldseam.core.event import (
    Advanced,
    BaselineJudged,
    CandidateJudged,
    Event,
    LandingStarted,
    NotRemembered,
    RepairEnded,
    RepairStarted,
    Shrunk,
)
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.outcome import Autonomy, Clean, Declined, Exhausted, Landed, Outcome, Queued, Reason
from goldseam.core.ports import Oracle
from goldseam.core.record import RepairRecord
from goldseam.core.source import Snapshot
from goldseam.pipeline import Workshop, repair
from goldseam.plugins import Plugins
from goldseam.testing import ScriptedModel
from goldseam.wiring import SEED, Choice, assemble

pytestmark = pytest.mark.sandbox

CRASH = "def mean(v):\n    return sum(v) / len(v)\n\n\nprint('start')\nprint(mean([]))\n"
FIXED = CRASH.replace("len(v)\n", "max(1, len(v))\n", 1)
RUN = OracleSpec(run="python3 job.py")


class Notebook:
    """Implements `Memory`."""

    def __init__(self) -> None:
        self.records: list[RepairRecord] = []

    def remember(self, record: RepairRecord) -> None:
        self.records.append(record)


class Bench:
    """A workshop over one folder; model, rungs and memory are not all that `goldseam heal` has."""

    def __init__(self, root: Path, workshop: Workshop) -> None:
        self.root = root
        self.memory = Notebook()
        self._workshop = workshop
        self.model = ScriptedModel([])

    def workshop(self, *answers: str | Exception) -> Workshop:
        self.model = ScriptedModel(a if isinstance(a, Exception) else f"```python\n{a}\n```" for a in answers)
        plugins = Plugins()
        fixers = plugins.fixers(model=self.model, languages=plugins.languages(), seed=SEED)
        rewriting = tuple(fixer for fixer in fixers if fixer.rung == "syntax" or "rewrite" in fixer.rung)
        return replace(self._workshop, fixers=rewriting, model=self.model, memory=self.memory)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.root / f"{name}.py").write_text(text)

    def read(self, name: str = "job") -> str:
        return (self.root / f"{name}.py").read_text()

    def repair(
        self,
        *answers: str | Exception,
        spec: OracleSpec = RUN,
        paths: tuple[str, ...] = ("job.py",),
        autonomy: Autonomy = Autonomy.LAND,
        budget: Budget | None = None,
        workshop: Workshop | None = None,
    ) -> tuple[Outcome, list[Event]]:
        incident = Incident(paths[0], paths, "fails", spec)
        road = repair(
            incident, workshop or self.workshop(*answers), budget=budget or Budget(), autonomy=autonomy
        )
        events = list(road)
        assert isinstance(events[0], RepairStarted)
        assert isinstance(events[-1], RepairEnded)
        assert events[-1].record == self.memory.records[-1]
        return events[-1].outcome, events


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Workshop]]:
    root = tmp_path_factory.mktemp("bench")
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as assembly:
        yield root, assembly.workshop


@pytest.fixture
def bench(shared: tuple[Path, Workshop]) -> Bench:
    root, workshop = shared
    for file in root.glob("*.py"):
        file.unlink()
    return Bench(root, workshop)


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_green_file_is_clean(bench: Bench) -> None:
    bench.write(job=FIXED)
    outcome, events = bench.repair()
    assert outcome == Clean()
    assert kinds(events) == ["RepairStarted", "BaselineJudged", "RepairEnded"]
    assert bench.memory.records[0].outcome == "clean"
    assert bench.model.started == 0


def test_healed_in_one_step(bench: Bench) -> None:
    bench.write(job=CRASH)
    outcome, events = bench.repair(FIXED)
    assert isinstance(outcome, Landed)
    assert bench.read() == FIXED
    record = bench.memory.records[0]
    assert (record.outcome, record.repair_id, record.attempts) == ("healed", outcome.repair_id, 1)
    assert record.changes[0].before.decode() == CRASH
    assert record.changes[0].after.decode() == FIXED
    assert record.codes == ("RUN.ZERO_DIVISION",)
    assert 0 < record.confidence < 1
    order = [
        "BaselineJudged",
        "Diagnosed",
        "AttemptStarted",
        "ModelStarted",
        "BatchProposed",
        "CandidateJudged",
    ]
    assert kinds(events) == ["RepairStarted", *order, "Shrunk", "LandingStarted", "RepairEnded"]


def test_a_wrong_answer_and_its_evidence_then_the_right_one(bench: Bench) -> None:
    bench.write(job=CRASH)
    outcome, _ = bench.repair(CRASH.replace("len(v)", "undefined"), FIXED)
    assert isinstance(outcome, Landed)
    first, second = bench.model.prompts
    assert "ZeroDivisionError" in first.user
    assert "undefined" not in first.user
    assert "name 'undefined' is not defined" in second.user
    assert bench.memory.records[0].attempts == 2


def test_syntax_faults_all_at_once_without_a_model(bench: Bench) -> None:
    broken = "def a()\n    return 1\n\n\ndef b()\n    return 2\n\n\ndef c()\n    return 3\n"
    bench.write(job=broken)
    outcome, events = bench.repair(spec=OracleSpec())
    assert isinstance(outcome, Landed)
    assert outcome.trial.candidate.rung == "syntax"
    assert bench.read() == broken.replace("()", "():")
    assert not any(isinstance(event, Advanced) for event in events)
    assert sum(isinstance(event, BaselineJudged) for event in events) == 1


def test_two_faults_in_one_file_are_both_in_the_first_prompt_or_met_in_turn(bench: Bench) -> None:
    text = "DATA = [1, 2, 3]\nprint(summ(DATA))\nprint(len(DATA) / zero)\n"
    half = text.replace("summ", "sum")
    bench.write(job=text)
    outcome, events = bench.repair(half, half.replace("zero", "3"))
    assert isinstance(outcome, Landed)
    assert bench.read() == "DATA = [1, 2, 3]\nprint(sum(DATA))\nprint(len(DATA) / 3)\n"
    assert sum(isinstance(event, Advanced) for event in events) == 1


def test_what_is_not_needed_is_shrunk_away(bench: Bench) -> None:
    text = "A = 1\nB = 2\nC = 3\nprint(A + B + c)\nprint('end')\n"
    bench.write(job=text)
    answer = text.replace("+ c", "+ C").replace("A = 1", "A = 1  # one").replace("'end'", "'end' + ''")
    outcome, events = bench.repair(answer)
    assert isinstance(outcome, Landed)
    assert bench.read() == text.replace("+ c", "+ C")
    (shrunk,) = [event for event in events if isinstance(event, Shrunk)]
    assert shrunk.bytes_before > shrunk.trial.candidate.patch.size


def test_what_was_printed_before_the_crash_is_demanded_and_changing_lines_are_masked(bench: Bench) -> None:
    text = "import time\nprint('start')\nprint(time.time_ns())\nprint(1 / 0)\n"
    bench.write(job=text)
    silent = text.replace("print('start')", "print('begin')").replace("1 / 0", "1 / 1")
    outcome, events = bench.repair(silent, text.replace("1 / 0", "1 / 1"))
    assert isinstance(outcome, Landed)
    assert bench.read() == text.replace("1 / 0", "1 / 1")
    judged = [event.verdict for event in events if isinstance(event, CandidateJudged)]
    assert [verdict.plausible for verdict in judged] == [False, True]
    assert "gone or changed" in judged[0].evidence


def test_a_failure_that_comes_and_goes_is_declined(bench: Bench) -> None:
    bench.write(job="import os\nraise SystemExit(1 + os.urandom(1)[0] % 250)\n")
    outcome, _ = bench.repair("x = 1")
    assert isinstance(outcome, Declined)
    assert outcome.reason is Reason.FLAKY
    assert bench.model.prompts == []


@pytest.mark.parametrize("command", ["nosuchcommand job.py", "python3 job.py"], ids=["command", "module"])
def test_what_the_environment_lacks_is_declined(bench: Bench, command: str) -> None:
    bench.write(job="import nosuchmodule\n")
    outcome, _ = bench.repair("x = 1", spec=OracleSpec(run=command))
    assert isinstance(outcome, Declined)
    assert outcome.reason is Reason.ENVIRONMENT
    assert "nosuch" in outcome.message
    assert bench.model.prompts == []


def test_an_edit_of_the_owner_during_the_repair_survives(bench: Bench) -> None:
    bench.write(job=CRASH)
    workshop = bench.workshop(FIXED)
    incident = Incident("job.py", ("job.py",), "fails", RUN)
    events = []
    for event in repair(incident, workshop, budget=Budget(), autonomy=Autonomy.LAND):
        if isinstance(event, CandidateJudged):
            bench.write(job="# mine\n" + CRASH)
        events.append(event)
    assert isinstance(events[-1], RepairEnded)
    assert isinstance(events[-1].outcome, Declined)
    assert events[-1].outcome.reason is Reason.CHANGED
    assert bench.read() == "# mine\n" + CRASH


def test_closed_at_any_event_the_file_is_untouched(bench: Bench) -> None:
    broken, whole = "import sys\ndef f()\n    return sys\n", "import sys\ndef f():\n    return sys\n"
    incident = Incident("job.py", ("job.py",), "does not parse", OracleSpec())

    def road() -> Generator[Event, None, Outcome]:
        bench.write(job=broken)
        answers = "no (code", whole
        return repair(incident, bench.workshop(*answers), budget=Budget(), autonomy=Autonomy.LAND)

    names = kinds(list(road()))
    assert bench.read() == whole
    assert "LandingStarted" in names
    for stop, name in enumerate(names[:-1]):
        events = road()
        seen = [type(next(events)).__name__ for _ in range(stop + 1)]
        events.close()
        assert seen[-1] == name
        assert bench.read() == broken, name


@pytest.mark.parametrize(
    ("autonomy", "dry_run"), [(Autonomy.PROPOSE, True), (Autonomy.QUEUE, False)], ids=["dry run", "review"]
)
def test_a_repair_that_waits_writes_nothing(bench: Bench, autonomy: Autonomy, dry_run: bool) -> None:
    bench.write(job=CRASH)
    before = {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()}
    outcome, events = bench.repair(FIXED, autonomy=autonomy)
    assert isinstance(outcome, Queued)
    assert outcome.dry_run is dry_run
    assert not any(isinstance(event, LandingStarted) for event in events)
    assert {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()} == before
    assert bench.memory.records[-1].changes[0].after.decode() == FIXED


class LaterRed:
    """An oracle that says yes once too often: what is landed fails when it is judged again."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        self._greens = 0

    def observe(self, snapshot: Snapshot) -> Observation:
        return Observation()

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        return self._oracle.reproduce(snapshot)

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        verdict = self._oracle.judge(snapshot)
        self._greens += verdict.plausible
        return verdict if self._greens < 2 else replace(verdict, plausible=False)


def test_a_repair_that_fails_when_judged_again_is_put_back(bench: Bench) -> None:
    bench.write(job=CRASH)
    workshop = bench.workshop(FIXED)
    flaky = replace(
        workshop, oracle_for=lambda incident: cast(Oracle, LaterRed(workshop.oracle_for(incident)))
    )
    outcome, events = bench.repair(workshop=flaky)
    assert any(isinstance(event, LandingStarted) for event in events)
    assert isinstance(outcome, Exhausted)
    assert outcome.reason is Reason.FLAKY_AFTER
    assert bench.read() == CRASH


def test_a_halt_of_all_landing_declines_a_proven_repair(bench: Bench) -> None:
    bench.write(job=CRASH)
    stop = bench.root / ".goldseam" / "STOP"
    stop.parent.mkdir(exist_ok=True)
    stop.touch()
    try:
        outcome, _ = bench.repair(FIXED)
    finally:
        stop.unlink()
    assert isinstance(outcome, Declined)
    assert outcome.reason is Reason.PAUSED
    assert str(stop) in outcome.message
    assert bench.read() == CRASH


def test_nothing_proven_within_the_budget(bench: Bench) -> None:
    bench.write(job=CRASH)
    outcome, _ = bench.repair(*["x ="] * 5, budget=Budget(attempts=3))
    assert isinstance(outcome, Exhausted)
    assert outcome.reason is None
    assert len(bench.model.prompts) == 3
    assert bench.read() == CRASH
    record = bench.memory.records[0]
    assert (record.outcome, record.attempts, record.rung) == ("unhealed", 3, None)


def test_a_model_that_goes_away_leaves_the_file(bench: Bench) -> None:
    bench.write(job=CRASH)
    outcome, _ = bench.repair(ModelUnavailable("it is gone"))
    assert isinstance(outcome, Exhausted)
    assert "it is gone" in outcome.message
    assert bench.read() == CRASH


def test_a_fault_over_two_files(bench: Bench) -> None:
    bench.write(job="import helper\nprint(helper.double(2))\n", helper="def double(x):\n    return x * tow\n")
    outcome, _ = bench.repair("def double(x):\n    return x * 2\n", paths=("job.py", "helper.py"))
    assert isinstance(outcome, Landed)
    assert bench.read("helper") == "def double(x):\n    return x * 2\n"
    assert bench.read("job").startswith("import helper")


def test_a_memory_that_cannot_be_written_does_not_fail_the_repair(bench: Bench) -> None:
    class Full(Notebook):
        def remember(self, record: RepairRecord) -> None:
            super().remember(record)
            raise StoreError("the disk is full")

    bench.write(job=CRASH)
    bench.memory = Full()
    outcome, events = bench.repair(FIXED)
    assert isinstance(outcome, Landed)
    assert NotRemembered("the disk is full") in events
    assert bench.read() == FIXED


def test_a_repair_lands_under_its_id_once(bench: Bench) -> None:
    bench.write(job=CRASH)
    outcome, _ = bench.repair(FIXED)
    assert isinstance(outcome, Landed)
    landing = bench.workshop().landing
    before, after = Snapshot({"job.py": CRASH.encode()}), Snapshot({"job.py": FIXED.encode()})
    landing.land(outcome.repair_id, before, after, lambda: pytest.fail("judged again"))
    assert bench.read() == FIXED
