"""Faults behind syntax faults are told at their places in the owner's files."""

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Code, Fault, Place
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation, SyntaxProblem
from goldseam.core.outcome import Declined
from goldseam.core.source import Edit, Snapshot, Span, position_of
from goldseam.diagnose.behind_syntax import behind_syntax
from goldseam.pipeline import diagnose

SOURCE = b"def f(x)\n    if x is 1\n        return x\n\nprint(f(1) is 'a')\n"


def case_of(data: bytes) -> Case:
    snapshot = Snapshot({"a.py": data, "b.py": b"y = 1\n"})
    seen = Observation(syntax=(SyntaxProblem("a.py", Span(0, 1), "expected ':'"),))
    incident = Incident("a.py", ("a.py", "b.py"), "fails", OracleSpec(run="python3 a.py"))
    return Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), "", seen))


def syntax_fault(at: int, text: bytes = b":", end: int | None = None, path: str = "a.py") -> Fault:
    fix = (Edit(Span(at, at if end is None else end), text),)
    return Fault(Code.SYN_MISSING_COLON, path, Span(at, at), "", "", fix=fix)


def colons() -> list[Fault]:
    return [syntax_fault(SOURCE.index(b")") + 1), syntax_fault(SOURCE.index(b"1\n") + 1)]


def test_the_case_behind_parses() -> None:
    behind = behind_syntax(case_of(SOURCE), colons())
    assert behind is not None
    compile(behind.case.current.files["a.py"], "a.py", "exec")
    assert not behind.case.observation.syntax


@pytest.mark.parametrize("text", [b"x is 1", b"f(1) is 'a'", b"return x"])
def test_spans_come_back(text: bytes) -> None:
    behind = behind_syntax(case_of(SOURCE), colons())
    mended = behind.case.current.files["a.py"]
    at = mended.index(text)
    fault = Fault(Code.SEM_API_MISUSE, "a.py", Span(at, at + len(text)), "", "", static=True)
    (told,) = behind.told([fault])
    assert SOURCE[told.span.start : told.span.end] == text


def test_lines_come_back_where_a_fix_adds_some() -> None:
    behind = behind_syntax(case_of(SOURCE), [syntax_fault(8, b":\n    x += 0\n   "), colons()[1]])
    mended = behind.case.current.files["a.py"]
    at = mended.index(b"print")
    line = position_of(mended, at)[0]
    fault = Fault(Code.RUN_ERROR, "a.py", Span(at, at + 5), "", "", symptom=Place("a.py", line))
    (told,) = behind.told([fault])
    assert (line, told.symptom) == (7, Place("a.py", 5))


def test_a_fix_that_touches_what_was_written_is_no_fix_of_the_file() -> None:
    behind = behind_syntax(case_of(SOURCE), colons())
    near, far = Edit(Span(8, 9), b""), Edit(Span(SOURCE.index(b"'a'") + 2, SOURCE.index(b"'a'") + 5), b"1")
    faults = [Fault(Code.RUN_ERROR, "a.py", Span(0, 1), "", "", fix=(edit,)) for edit in (near, far)]
    first, second = behind.told(faults)
    assert first.fix == ()
    assert [SOURCE[e.span.start : e.span.end] for e in second.fix] == [b"'a'"]


def test_syntax_is_not_told_twice() -> None:
    behind = behind_syntax(case_of(SOURCE), colons())
    assert list(behind.told(colons())) == []


def test_what_overlaps_is_laid_in_once() -> None:
    twice = [syntax_fault(8), syntax_fault(8), syntax_fault(0, b"class", 3), syntax_fault(1, b"", 2)]
    behind = behind_syntax(case_of(SOURCE), twice)
    assert behind.case.current.files["a.py"].startswith(b"class f(x):\n")


@pytest.mark.parametrize(
    "faults",
    [[], [Fault(Code.SYN_INVALID, "a.py", Span(0, 1), "", "")], [syntax_fault(0, b"#", path="b.py")]],
    ids=["none", "without a fix", "of a file that parses"],
)
def test_nothing_lies_behind_what_has_no_fix(faults: list[Fault]) -> None:
    assert behind_syntax(case_of(SOURCE), faults) is None


def found_behind(case: Case) -> list[Fault]:
    """An analyzer that sees a fault of each kind in files that parse."""
    if case.observation.syntax:
        return colons()
    span = Span(0, 3)
    suspicion = Fault(Code.SEM_API_MISUSE, "a.py", span, "", "", static=True)
    return [suspicion, Fault(Code.LOG_WRONG_OUTPUT, "b.py", span, "", "")]


class Oracle:
    """Judges as told, and notes what it was shown."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.shown: list[Snapshot] = []

    def reproduce(self, snapshot: Snapshot) -> Verdict | Declined:
        return self.verdict

    def observe(self, snapshot: Snapshot) -> Observation:
        self.shown.append(snapshot)
        return self.verdict.observation

    def judge(self, snapshot: Snapshot, *, doubtful: bool = False) -> Verdict:
        return self.verdict


def test_without_an_oracle_nothing_is_looked_for_behind() -> None:
    case = diagnose(case_of(SOURCE), (found_behind,))
    assert {fault.code for fault in case.faults} == {Code.SYN_MISSING_COLON}
    assert not case.suspicions


def test_where_mending_the_syntax_mends_all_nothing_else_is_told() -> None:
    oracle = Oracle(Verdict(True, (), (), "", Observation()))
    case = diagnose(case_of(SOURCE), (found_behind,), oracle)
    assert {fault.code for fault in case.faults} == {Code.SYN_MISSING_COLON}
    assert not case.suspicions
    assert not oracle.shown


def test_what_may_not_run_is_not_run() -> None:
    oracle = Oracle(Verdict(False, (("policy", False),), (), "", Observation()))
    case = diagnose(case_of(SOURCE), (found_behind,), oracle)
    assert not oracle.shown
    assert [fault.code for fault in case.suspicions] == [Code.SEM_API_MISUSE]
