"""Statements, their ranks, and the faults that a traced run lets diagnosis see."""

from collections.abc import Mapping

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.incident import Frame, Incident, OracleSpec
from goldseam.core.observation import (
    Ended,
    Failure,
    HotLine,
    Observation,
    Run,
    Stack,
    TestOutcome,
    TestResult,
)
from goldseam.core.source import Snapshot, position_of
from goldseam.diagnose.analyzers import hot, localization, wrong_output
from goldseam.diagnose.localize import localize, localized, ochiai
from goldseam.diagnose.statements import Kind, statements_in

PYTHON = b"""import os
LIMIT = 3


def sign(n):
    \"\"\"Text.\"\"\"
    total = 0
    for part in (
        n,
    ):
        if part > 0:
            return 1
        total += part
    print(total)
    try:
        return os.sep
    except ValueError:
        pass
    yield total
"""
SCRIPT = b"""const fs = require('fs');
function sign(n) {
  // text
  let total = 0;
  for (const part of [n]) {
    if (part > 0) return 1;
    total += part;
  }
  console.log(
    total,
  );
  const twice = (a) => a * 2;
  rows.forEach((row) => {
    row.seen = true;
  });
  return total;
}
module.exports = { sign };
"""


def kinds(path: str, data: bytes) -> list[tuple[int, int, str]]:
    return [(found.first, found.last, str(found.kind)) for found in statements_in(path, data)]


def test_statements_of_python() -> None:
    assert kinds("a.py", PYTHON) == [
        (1, 1, "definition"),
        (2, 2, "initialiser"),
        (5, 5, "definition"),
        (7, 7, "initialiser"),
        (8, 10, "loop"),
        (11, 11, "condition"),
        (12, 12, "return"),
        (13, 13, "assignment"),
        (14, 14, "call"),
        (15, 15, "definition"),
        (16, 16, "return"),
        (17, 17, "condition"),
        (18, 18, "definition"),
        (19, 19, "return"),
    ]


def test_statements_of_a_script() -> None:
    assert kinds("a.js", SCRIPT) == [
        (1, 1, "definition"),
        (2, 2, "definition"),
        (4, 4, "initialiser"),
        (5, 5, "loop"),
        (6, 6, "condition"),
        (7, 7, "assignment"),
        (9, 11, "call"),
        (12, 12, "assignment"),
        (13, 13, "call"),
        (14, 14, "initialiser"),
        (16, 16, "return"),
        (18, 18, "definition"),
    ]


def test_spans_are_bytes_without_indentation() -> None:
    data = "if 'ä':\n    x = 'ü'  \n".encode()
    assert [data[s.span.start : s.span.end].decode() for s in statements_in("a.py", data)] == [
        "if 'ä':",
        "x = 'ü'",
    ]


@pytest.mark.parametrize("path", ["a.py", "a.js", "a.php"])
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00(", b"(" * 5_000, b"\n" * 9, b"if x\r\n  y\r", b"x" * 500_000]
)
def test_any_bytes_have_statements_inside_them(path: str, data: bytes) -> None:
    for found in statements_in(path, data):
        assert 0 <= found.span.start <= found.span.end <= len(data)


def test_ochiai() -> None:
    assert ochiai(0, 5, 2) == 0.0
    assert ochiai(2, 0, 2) == 1.0
    assert ochiai(1, 3, 1) == 0.5


PROGRAM = b"""def sign(n):
    if n > 0:
        return 1
    if n < 0:
        return 1
    return 0
"""
RUN = Run("x", 1, Ended.EXITED, b"", b"", 0.1)


def seen_of(ran: Mapping[str, tuple[str, set[int]]]) -> Observation:
    tests = {name: TestResult(TestOutcome(outcome)) for name, (outcome, _) in ran.items()}
    lines = {name: {"program.py": frozenset(seen)} for name, (_, seen) in ran.items()}
    return Observation(test_run=RUN, tests=tests, lines=lines)


SPECTRUM = {
    "t::positive": ("passed", {1, 2, 3}),
    "t::zero": ("passed", {1, 2, 4, 6}),
    "t::negative": ("failed", {1, 2, 4, 5}),
}


def case_of(seen: Observation, files: Mapping[str, bytes] | None = None) -> Case:
    snapshot = Snapshot(files or {"program.py": PROGRAM})
    path = next(iter(snapshot.files))
    spec = OracleSpec(run="x" if seen.run else None, test="x" if seen.test_run else None)
    incident = Incident(path, tuple(snapshot.files), "test", spec)
    return localized(
        Case(incident, snapshot, snapshot, Verdict(False, (), (1.0, 0.0), "red", seen), traced=seen)
    )


def places(case: Case, faults: list[Fault]) -> list[tuple[str, int]]:
    return [(str(f.code), position_of(case.current.files[f.path], f.span.start)[0]) for f in faults]


def test_what_only_failing_tests_ran_comes_first_and_heads_of_definitions_never() -> None:
    ranked = localize(seen_of(SPECTRUM), {"program.py": PROGRAM})
    assert [suspect.first for suspect in ranked] == [5, 4, 2]
    assert all(0 <= suspect.suspiciousness <= 1 for suspect in ranked)
    assert ranked[0].evidence == ("1 of 1 failing and 0 of 2 passing tests run it",)


def test_a_skipped_test_counts_for_nothing() -> None:
    seen = seen_of({**SPECTRUM, "t::skipped": ("skipped", {5})})
    assert localize(seen, {"program.py": PROGRAM}) == localize(seen_of(SPECTRUM), {"program.py": PROGRAM})


def test_no_lines_no_ranks() -> None:
    assert localize(Observation(test_run=RUN), {"program.py": PROGRAM}) == ()
    assert localize(seen_of({"t::a": ("passed", {2})}), {"program.py": PROGRAM}) == ()


def test_evidence_of_the_run_lifts_a_statement() -> None:
    seen = Observation(
        run=Run("x", -9, Ended.TIMEOUT, b"", b"", 1.0),
        lines={"": {"a.py": frozenset({1, 2, 3, 4})}},
        hot=(HotLine("a.py", 3, 0.9), HotLine("a.py", 4, 0.1)),
    )
    ranked = localize(seen, {"a.py": b"i = f(0)\nj = f(1)\nk = f(2)\nl = f(3)\n"})
    assert [suspect.first for suspect in ranked] == [3, 1, 2, 4]
    raised = Observation(
        run=RUN, lines=seen.lines, failures=(Failure("KeyError", "'x'", (Frame("a.py", 4, "f"),)),)
    )
    assert localize(raised, {"a.py": b"i = f(0)\nj = f(1)\nk = f(2)\nl = f(3)\n"})[0].first == 4


def test_faults_lie_at_statements_and_say_why() -> None:
    case = case_of(seen_of(SPECTRUM))
    faults = list(localization.analyze(case))
    assert places(case, faults) == [("LOG.WRONG_RESULT", line) for line in (5, 4, 2)]
    assert faults[0].evidence[0].source == "coverage"
    assert faults[0].suspiciousness > faults[1].suspiciousness
    assert list(wrong_output.analyze(case)) == []


def test_an_error_is_not_localized_as_a_wrong_result() -> None:
    seen = seen_of(SPECTRUM)
    error = Failure("ZeroDivisionError", "", (Frame("program.py", 5, "sign"),))
    seen = Observation(test_run=RUN, tests=seen.tests, lines=seen.lines, failures=(error,))
    assert list(localization.analyze(case_of(seen))) == []


def stack(name: str, line: int, waits: bool = True) -> Stack:
    return Stack(name, waits, (Frame("a.py", line, "f"), Frame("/usr/lib/threading.py", 5, "wait")))


LOCKS = b"import x\nwith first:\n    with second:\n        pass\nthread.join()\nwhile True:\n    work()\n"
ENDLESS = Run("x", -9, Ended.TIMEOUT, b"", b"", 1.0)


@pytest.mark.parametrize(
    ("threads", "lines", "faults"),
    [
        (
            (stack("one", 3), stack("two", 2), stack("main", 5)),
            (),
            [("CONC.DEADLOCK", 3), ("CONC.DEADLOCK", 2)],
        ),
        ((stack("main", 5),), (), [("RUN.TIMEOUT", 5)]),
        ((stack("one", 3), stack("main", 7, False)), (7,), [("RUN.TIMEOUT", 6)]),
        ((), (7, 6), [("RUN.TIMEOUT", 6)]),
        ((), (), []),
    ],
)
def test_what_does_not_end(threads: tuple[Stack, ...], lines: tuple[int, ...], faults: list) -> None:
    hottest = tuple(HotLine("a.py", line, 1 / len(lines)) for line in lines)
    case = case_of(Observation(run=ENDLESS, hot=hottest, threads=threads), {"a.py": LOCKS})
    assert places(case, list(hot.analyze(case))) == faults
    whole = places(case, list(wrong_output.analyze(case)))
    assert whole == ([] if faults else [("RUN.TIMEOUT", 1)])


def test_where_memory_grows() -> None:
    full = Run("x", -9, Ended.MEMORY, b"", b"", 1.0)
    case = case_of(Observation(run=full, grown=(HotLine("a.py", 7, 0.9),)), {"a.py": LOCKS})
    assert places(case, list(hot.analyze(case))) == [("RUN.MEMORY", 7)]
    assert list(wrong_output.analyze(case)) == []


def test_hot_lines_of_files_that_are_not_under_repair_are_left_out() -> None:
    case = case_of(Observation(run=ENDLESS, hot=(HotLine("other.py", 1, 1.0),)), {"a.py": LOCKS})
    assert list(hot.analyze(case)) == []


def test_kinds_have_a_weight() -> None:
    from goldseam.diagnose.localize import WEIGHTS

    assert set(WEIGHTS) == set(Kind) - {Kind.DEFINITION}
