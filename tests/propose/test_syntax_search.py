"""The syntax rung: what the diagnosis found becomes candidates."""

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Edit, Snapshot, Span
from goldseam.propose.syntax_search import SyntaxSearch

DATA = b"def f()\n    return (1\n"
RED = Verdict(False, (("syntax", False),), (1.0, 1.0), "expected ':'", Observation())
COLON, BRACKET = Edit(Span(7, 7), b":"), Edit(Span(21, 21), b")")


def fault(code: Code, fix: tuple[Edit, ...], *others: tuple[Edit, ...]) -> Fault:
    at = fix[0].span if fix else Span(0, 0)
    return Fault(code, "job.py", at, "message", "hint", fix=fix, others=others)


def batches(*faults: Fault, spec: OracleSpec | None = None) -> list[Batch]:
    snapshot = Snapshot({"job.py": DATA})
    incident = Incident("job.py", ("job.py",), "fails", spec or OracleSpec())
    case = Case(incident, snapshot, snapshot, RED, faults)
    conversation, found = SyntaxSearch().propose(case, Budget()), []
    batch = next(conversation, None)
    while batch is not None:
        found.append(batch)
        try:
            batch = conversation.send(tuple(RED for _ in batch.candidates))
        except StopIteration:
            break
    return found


def edits(batch: Batch) -> list[tuple[Edit, ...]]:
    return [candidate.patch.edits["job.py"] for candidate in batch.candidates]


def test_all_faults_at_once_then_each_alone() -> None:
    found = batches(fault(Code.SYN_MISSING_COLON, (COLON,)), fault(Code.SYN_UNCLOSED_BRACKET, (BRACKET,)))
    assert [edits(batch) for batch in found] == [[(COLON, BRACKET)], [(COLON,), (BRACKET,)]]


def test_what_nearly_came_first_comes_second() -> None:
    dropped = Edit(Span(19, 20), b"")
    found = batches(fault(Code.SYN_UNCLOSED_BRACKET, (BRACKET,), (dropped,)))
    assert [edits(batch) for batch in found] == [[(BRACKET,)], [(dropped,)]]


def test_a_close_call_carries_a_caution_where_only_parsing_judges() -> None:
    close = fault(Code.SYN_UNCLOSED_BRACKET, (BRACKET,), (COLON,))
    (caution,) = batches(close)[0].candidates[0].cautions
    assert caution.startswith("job.py, line 2")
    assert batches(close, spec=OracleSpec(run="python3 job.py"))[0].candidates[0].cautions == ()


def test_edits_that_overlap_are_not_applied_twice() -> None:
    found = batches(
        fault(Code.SYN_MISSING_COLON, (Edit(Span(4, 7), b"g():"),)),
        fault(Code.SYN_MISSING_COLON, (Edit(Span(5, 7), b"():"),)),
    )
    assert edits(found[0]) == [(Edit(Span(4, 7), b"g():"),)]


def test_without_fixes_nothing_is_proposed() -> None:
    assert batches(fault(Code.SYN_INVALID, ())) == []
    assert batches(fault(Code.NAM_UNDEFINED, (COLON,))) == []
