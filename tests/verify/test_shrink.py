"""Reducing a plausible patch: everything that is left is needed."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.budget import Budget
from goldseam.core.candidate import Candidate, Mark, Screening, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.outcome import Declined
from goldseam.core.source import Edit, Snapshot, Span
from goldseam.verify.shrink import MAX_JUDGEMENTS, minimise, shrink


def verdict(plausible: bool, evidence: str = "") -> Verdict:
    return Verdict(plausible, (("run", plausible),), (0.0,), evidence, Observation())


class Judge:
    """Implements `Oracle` by a predicate on the bytes of `job.py`; counts. It screens only where asked to."""

    def __init__(self, green: Callable[[bytes], bool], *, is_fast: bool = False) -> None:
        self.green, self.is_fast = green, is_fast
        self.judged: list[bytes] = []

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        data = snapshot.files["job.py"]
        self.judged.append(data)
        return verdict(self.green(data), f"judged {len(self.judged)}")

    def screen(
        self, snapshot: Snapshot, candidates: Sequence[Candidate], seconds: float
    ) -> tuple[Screening, ...]:
        greens = [self.green(snapshot.apply(one.patch).files["job.py"]) for one in candidates]
        marks = [Mark.PROMISING if green else Mark.RED for green in greens]
        return tuple(Screening(mark if self.is_fast else Mark.UNSCREENED) for mark in marks)

    def observe(self, snapshot: Snapshot) -> Observation:
        return Observation()

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        return self.judge(snapshot)


def shrunk(
    before: bytes, after: bytes, judge: Judge, seconds: float = 60.0, faults: Sequence[Fault] = ()
) -> Trial:
    original, repaired = Snapshot({"job.py": before}), Snapshot({"job.py": after})
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec())
    case = Case(incident, original, original, verdict(False), faults=tuple(faults))
    patch = repaired.patch_since(original)
    trial = Trial(Candidate(patch, "fixer", "rewrite_file", "why"), repaired, verdict(True, "found"))
    return shrink(trial, case, judge, Budget(seconds=seconds, clock=lambda: 0.0))


BEFORE = b"a = 1\nb = 2\nc = 3\nd = 4\n"
AFTER = b"a = 10\nb = 20\nc = 3\nd = 40\n"


def test_what_the_fast_judge_finds_needed_is_not_judged() -> None:
    judge = Judge(lambda data: data == AFTER, is_fast=True)
    assert shrunk(BEFORE, AFTER, judge).snapshot.files["job.py"] == AFTER
    assert judge.judged == []


def test_what_the_fast_judge_finds_doubtful_is_judged() -> None:
    judge = Judge(lambda data: b"b = 20" in data and b"d = 40" in data, is_fast=True)
    trial = shrunk(BEFORE, AFTER, judge)
    assert trial.snapshot.files["job.py"] == b"a = 1\nb = 20\nc = 3\nd = 40\n"
    assert judge.judged == [b"a = 1\nb = 20\nc = 3\nd = 40\n"]


def test_an_edit_that_is_not_needed_is_left_out() -> None:
    trial = shrunk(BEFORE, AFTER, Judge(lambda data: b"d = 40" in data))
    assert trial.snapshot.files["job.py"] == b"a = 1\nb = 2\nc = 3\nd = 40\n"
    assert trial.verdict.plausible
    assert trial.verdict.evidence.startswith("judged")
    assert (trial.candidate.fixer, trial.candidate.rung, trial.candidate.why) == (
        "fixer",
        "rewrite_file",
        "why",
    )
    assert Snapshot({"job.py": BEFORE}).apply(trial.candidate.patch) == trial.snapshot


def test_without_seconds_left_the_proven_patch_stays_whole() -> None:
    judge = Judge(lambda data: b"d = 40" in data)
    trial = shrunk(BEFORE, AFTER, judge, seconds=0.0)
    assert judge.judged == []
    assert trial.snapshot.files["job.py"] == AFTER
    assert trial.verdict.evidence == "found"


def test_edits_that_are_all_needed_stay_with_their_verdict() -> None:
    trial = shrunk(BEFORE, AFTER, Judge(lambda data: data == AFTER))
    assert trial.snapshot.files["job.py"] == AFTER
    assert trial.verdict.evidence == "found"


def test_one_edit_costs_no_judgement() -> None:
    judge = Judge(lambda data: True)
    shrunk(BEFORE, BEFORE.replace(b"c = 3", b"c = 30"), judge)
    assert judge.judged == []


def test_the_unpatched_file_is_never_taken_for_a_repair() -> None:
    judge = Judge(lambda data: True)
    trial = shrunk(BEFORE, AFTER, judge)
    assert trial.snapshot.files["job.py"] != BEFORE
    assert BEFORE not in judge.judged


def test_judgements_are_bounded() -> None:
    before = b"".join(b"x%d = 1\n" % n for n in range(0, 200))
    after = b"".join(b"x%d = %d\n" % (n, n % 2 + 1) for n in range(0, 200))
    judge = Judge(lambda data: data == after)
    trial = shrunk(before, after, judge)
    assert trial.snapshot.files["job.py"] == after
    assert len(judge.judged) <= MAX_JUDGEMENTS


@given(st.lists(st.integers(0, 30), min_size=1, max_size=15, unique=True), st.data())
def test_the_result_is_one_minimal(items: list[int], data: st.DataObject) -> None:
    """For any predicate that holds for the whole: it holds for the result, and for no part with one less."""
    known: dict[tuple[int, ...], bool] = {tuple(items): True}

    def holds(subset: Sequence[int]) -> bool:
        return known.setdefault(tuple(subset), data.draw(st.booleans()))

    kept = minimise(items, holds)
    assert known[tuple(kept)]
    assert [item for item in items if item in kept] == kept
    if len(kept) > 1:
        assert not any(holds([item for item in kept if item != out]) for out in kept)


@given(st.sets(st.integers(0, 60), min_size=1), st.integers(61, 90))
def test_a_known_core_is_found_whole(needed: set[int], size: int) -> None:
    asked: list[int] = []

    def holds(subset: Sequence[int]) -> bool:
        asked.append(len(subset))
        return needed <= set(subset)

    assert set(minimise(range(size), holds)) == needed


def fixed_by(*edits: Edit, others: tuple[tuple[Edit, ...], ...] = ()) -> Fault:
    return Fault(
        Code.SEM_SCHEMA_MISMATCH, "job.py", edits[0].span, "message", "hint", fix=edits, others=others
    )


@pytest.mark.parametrize("is_fast", [False, True])
def test_edits_of_one_fault_go_together(is_fast: bool) -> None:
    judge = Judge(lambda data: b"b = 20" in data, is_fast=is_fast)
    fault = fixed_by(Edit(Span(4, 5), b"10"), Edit(Span(10, 11), b"20"))
    trial = shrunk(BEFORE, AFTER, judge, faults=[fault])
    assert trial.snapshot.files["job.py"] == b"a = 10\nb = 20\nc = 3\nd = 4\n"


def test_a_fix_of_which_a_part_is_not_in_the_patch_binds_nothing() -> None:
    judge = Judge(lambda data: b"b = 20" in data)
    fault = fixed_by(Edit(Span(4, 5), b"10"), Edit(Span(16, 17), b"30"))
    trial = shrunk(BEFORE, AFTER, judge, faults=[fault])
    assert trial.snapshot.files["job.py"] == b"a = 1\nb = 20\nc = 3\nd = 4\n"


def test_a_fault_that_needs_no_mending_loses_all_its_edits() -> None:
    judge = Judge(lambda data: b"d = 40" in data)
    fault = fixed_by(Edit(Span(4, 5), b"10"), Edit(Span(10, 11), b"20"))
    trial = shrunk(BEFORE, AFTER, judge, faults=[fault])
    assert trial.snapshot.files["job.py"] == b"a = 1\nb = 2\nc = 3\nd = 40\n"
