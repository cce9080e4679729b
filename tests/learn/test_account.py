"""What is remembered of a repair."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from goldseam.core.budget import Budget, Tokens
from goldseam.core.candidate import Candidate, Trial, Verdict
from goldseam.core.event import Advanced, BaselineJudged, BatchProposed, CandidateJudged, Diagnosed
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.outcome import Clean, Declined, Exhausted, Landed, Outcome, Queued, Reason
from goldseam.core.source import Patch, Snapshot, Span
from goldseam.learn.account import Account, Setting
from goldseam.learn.confidence import confidence_of
from goldseam.learn.placing import placed

BEFORE = b"def a()\n    pass\n\ndef b()\n    pass\n"
HALF = BEFORE.replace(b"def a()\n", b"# better\ndef a():\n")
AFTER = HALF.replace(b"b()", b"b():")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
SETTING = Setting("/p", "bubblewrap", lambda: {"goldseam": "1"}, lambda text: text.replace("hunter2", "***"))


def verdict(plausible: bool, evidence: str = "e", cautions: tuple[str, ...] = ()) -> Verdict:
    return Verdict(plausible, (("syntax", plausible),), (1.0,), evidence, Observation(), cautions)


def fault(data: bytes, text: bytes, message: str = "expected ':'") -> Fault:
    start = data.index(text)
    return Fault(Code.SYN_MISSING_COLON, "job.py", Span(start, start + len(text)), message, "hint")


def trial(data: bytes, plausible: bool = True, rung: str = "rewrite_file") -> Trial:
    patch = Snapshot({"job.py": data}).patch_since(Snapshot({"job.py": BEFORE}))
    return Trial(Candidate(patch, "fixer", rung, "why"), Snapshot({"job.py": data}), verdict(plausible))


def account() -> Account:
    kept = Account(
        "id1", Incident("job.py", ("job.py",), "does not parse", OracleSpec(run="x --key hunter2"))
    )
    kept.add(BaselineJudged(verdict(False, "line 1: expected ':'")))
    kept.add(Diagnosed((fault(BEFORE, b"def a()"),)))
    return kept


def closed(kept: Account, outcome: Outcome, budget: Budget | None = None):
    return kept.close(outcome, Snapshot({"job.py": BEFORE}), budget or Budget(), SETTING, NOW)


def test_a_landed_repair_with_all_that_it_cost() -> None:
    kept, budget = account(), Budget(clock=iter([0.0, 2.5]).__next__)
    kept.add(BatchProposed("fixer", "rewrite_file", 3, Tokens(9, 4), ()))
    budget.charge(Tokens(9, 4))
    kept.add(CandidateJudged(trial(AFTER).candidate, verdict(True)))
    record = closed(kept, Landed("id1", trial(AFTER)), budget)
    assert (record.outcome, record.reason, record.repair_id) == ("healed", None, "id1")
    assert (record.symptom, record.path) == ("line 1: expected ':'", "job.py")
    assert (record.candidates, record.attempts, record.tokens, record.seconds) == (3, 1, Tokens(9, 4), 2.5)
    assert (record.changes[0].before, record.changes[0].after) == (BEFORE, AFTER)
    assert record.checks == (("syntax", True),)
    assert record.fingerprint == kept.incident.fingerprint
    assert (record.sandbox_level, record.versions, record.created_at) == (
        "bubblewrap",
        {"goldseam": "1"},
        NOW,
    )


def test_faults_met_on_the_way_are_placed_in_the_bytes_of_the_owner() -> None:
    kept = account()
    kept.add(Advanced(trial(HALF, plausible=False)))
    kept.add(Diagnosed((fault(HALF, b"def b()"), fault(HALF, b"# better", "a candidate's own"))))
    record = closed(kept, Landed("id1", trial(AFTER)))
    assert [(f.span, f.message) for f in record.faults] == [
        (fault(BEFORE, b"def a()").span, "expected ':'"),
        (fault(BEFORE, b"def b()").span, "expected ':'"),
    ]


def test_a_fault_that_stays_is_told_once() -> None:
    kept = account()
    kept.add(Advanced(trial(b"# one more line\n" + BEFORE, plausible=False)))
    kept.add(Diagnosed((fault(b"# one more line\n" + BEFORE, b"def a()"),)))
    assert len(closed(kept, Exhausted(None, "m")).faults) == 1


def test_a_fault_of_a_whole_file_stays_one() -> None:
    whole = Fault(Code.LOG_WRONG_OUTPUT, "job.py", Span(0, len(HALF)), "m", "h")
    original = Snapshot({"job.py": BEFORE})
    assert placed([(whole, Snapshot({"job.py": HALF}))], original) == (
        replace(whole, span=Span(0, len(BEFORE))),
    )


@pytest.mark.parametrize(
    ("outcome", "word", "reason", "description"),
    [
        (Clean(), "clean", None, "the oracle is green; nothing was done"),
        (Declined(Reason.FLAKY, "it comes and goes"), "declined", "flaky", "it comes and goes"),
        (Exhausted(None, "nothing passed"), "unhealed", None, "nothing passed"),
        (Exhausted(Reason.MODEL_MISSING, "pull it"), "unhealed", "model_missing", "pull it"),
        (Queued(trial(AFTER), True, "dry run"), "proposed", None, "why"),
        (Queued(trial(AFTER), False, "weak oracle"), "held", None, "why; it waits: weak oracle"),
        (Landed("id1", trial(AFTER)), "healed", None, "why"),
    ],
)
def test_the_words_of_every_outcome(
    outcome: Outcome, word: str, reason: str | None, description: str
) -> None:
    record = closed(account(), outcome)
    assert (record.outcome, record.reason, record.description) == (word, reason, description)


def test_what_was_not_proven_changed_nothing() -> None:
    (change,) = closed(account(), Exhausted(None, "m")).changes
    assert change.before == change.after == BEFORE


def test_a_file_that_could_not_be_read_has_no_changes() -> None:
    kept = Account("id1", Incident("job.py", ("job.py",), "does not parse", OracleSpec()))
    record = kept.close(Declined(Reason.PROTECTED, "m"), None, Budget(), SETTING, NOW)
    assert (record.changes, record.faults, record.symptom) == ((), (), "does not parse")


def test_secrets_stay_out_of_the_record() -> None:
    kept = account()
    kept.add(Diagnosed((fault(BEFORE, b"def b()", "login hunter2 failed"),)))
    record = closed(kept, Exhausted(None, "hunter2 was refused"))
    assert "hunter2" not in repr(record)


def test_confidence_follows_what_proved_it() -> None:
    parsed, ran = OracleSpec(), OracleSpec(run="x")
    expected, tested = OracleSpec(run="x", expected=b""), OracleSpec(run="x", test="y")
    order = [confidence_of(spec, by_model=True, cautions=()) for spec in (parsed, ran, expected, tested)]
    assert order == sorted(order)
    assert len(set(order)) == 4
    assert confidence_of(ran, by_model=False, cautions=()) > order[1]
    assert confidence_of(ran, by_model=True, cautions=("weak",)) < order[1]
    assert all(0 < value < 1 for value in order)


def test_a_patch_of_no_edits_is_no_change() -> None:
    same = Trial(Candidate(Patch({}), "f", "template", "w"), Snapshot({"job.py": BEFORE}), verdict(True))
    assert all(change.before == change.after for change in closed(account(), Landed("id1", same)).changes)
