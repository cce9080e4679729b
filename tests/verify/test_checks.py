"""What is compared, and what is said: runs, test reports."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.observation import Ended, Run
from goldseam.core.observation import TestOutcome as Told
from goldseam.core.observation import TestResult as Result
from goldseam.verify.baseline import Baseline
from goldseam.verify.checks.execution import Finding, judge_run
from goldseam.verify.checks.failing_test import judge_tests, results_in

PASSED, FAILED, SKIPPED = (Result(outcome) for outcome in (Told.PASSED, Told.FAILED, Told.SKIPPED))


def ran(stdout: bytes = b"", code: int = 0, ended: Ended = Ended.EXITED, stderr: bytes = b"") -> Run:
    return Run("python job.py", code, ended, stdout, stderr, 1.5)


def judged_run(
    run: Run, *, expected: bytes | None = None, prefix: Sequence[bytes | None] = (), lines_left: float = 0
) -> Finding:
    return judge_run(
        run,
        expected=expected,
        prefix=[*prefix],
        lines_left=lines_left,
        text_of=lambda output: output.decode(),
    )


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (
            ran(code=1, stderr=b"Traceback\nKeyError: 'k'\n"),
            "'python job.py' ended with exit code 1: KeyError: 'k'",
        ),
        (ran(code=3), "'python job.py' ended with exit code 3"),
        (ran(code=-11, ended=Ended.KILLED), "'python job.py' was ended by signal 11"),
        (ran(code=-9, ended=Ended.TIMEOUT), "'python job.py' did not end within 2 s"),
        (ran(code=-9, ended=Ended.MEMORY), "'python job.py' filled the memory it may have"),
        (ran(code=0, ended=Ended.TIMEOUT), "'python job.py' did not end within 2 s"),
    ],
)
def test_a_run_that_does_not_end_well_is_red_and_says_why(run: Run, said: str) -> None:
    finding = judged_run(run, expected=None, prefix=[], lines_left=5)
    assert not finding.green
    assert finding.evidence == said


def test_output_counts_even_if_the_exit_code_is_0() -> None:
    assert judged_run(ran(b"Sum: 15\n"), expected=b"Sum: 15", prefix=[], lines_left=0).green
    finding = judged_run(ran(b"Sum: 14\n"), expected=b"Sum: 15", prefix=[], lines_left=0)
    assert not finding.green
    assert finding.evidence == "printed 'Sum: 14', expected 'Sum: 15'"


def test_expected_output_stands_for_the_earlier_output() -> None:
    prefix: list[bytes | None] = [b"debug"]
    assert judged_run(ran(b"Sum: 15\n"), expected=b"Sum: 15", prefix=prefix, lines_left=0).green
    assert not judged_run(ran(b"Sum: 15\n"), expected=None, prefix=prefix, lines_left=0).green


def test_earlier_output_is_demanded_masked_lines_aside() -> None:
    prefix = [b"start", None, b"loaded"]
    assert judged_run(ran(b"start\n10:05\nloaded\nend\n"), expected=None, prefix=prefix, lines_left=0).green
    gone = judged_run(ran(b"end\n"), expected=None, prefix=prefix, lines_left=0)
    assert not gone.green
    assert "gone or changed" in gone.evidence


def test_nearer_to_green_measures_less() -> None:
    def measure(run: Run, lines_left: float = 0) -> float:
        return judged_run(run, expected=b"a\nb\nc", prefix=[], lines_left=lines_left).measure

    crash_early, crash_late = measure(ran(code=1), 40), measure(ran(code=1), 3)
    wrong, nearly = measure(ran(b"x\ny\nz")), measure(ran(b"a\nb\nz"))
    assert crash_early > crash_late > wrong > nearly > measure(ran(b"a\nb\nc"))


def test_evidence_is_bounded() -> None:
    long = b"y" * 1_000_000
    assert len(judged_run(ran(long), expected=long + b"!", prefix=[], lines_left=0).evidence) < 3_000
    assert len(judged_run(ran(code=1, stderr=long), expected=None, prefix=[], lines_left=0).evidence) < 1_000


def report(*cases: str) -> bytes:
    inside = f"<testsuite name='s'>{''.join(cases)}</testsuite>"
    return f"<?xml version='1.0'?><testsuites>{inside}</testsuites>".encode()


GOOD = '<testcase classname="t" name="good" time="0.5"/>'
BAD = '<testcase classname="t" name="bad"><failure message="m">KeyError: 1</failure></testcase>'
ERROR = '<testcase classname="t" name="bad"><error message="boom"/></testcase>'
SKIP = '<testcase classname="t" name="skip"><skipped message="later"/></testcase>'


def test_a_report_by_test_id() -> None:
    assert results_in(report(GOOD, BAD, SKIP)) == {
        "t::good": Result(Told.PASSED, 0.5),
        "t::bad": Result(Told.FAILED, 0.0, "KeyError: 1"),
        "t::skip": Result(Told.SKIPPED),
    }


def test_an_error_counts_as_failed_with_its_message() -> None:
    assert results_in(report(ERROR))["t::bad"] == Result(Told.FAILED, 0.0, "boom")


def test_of_two_results_of_one_test_the_failure_counts() -> None:
    passed, failed = BAD.replace(BAD[BAD.index(">") + 1 : BAD.rindex("<")], ""), BAD
    for both in ((passed, failed), (failed, passed)):
        assert results_in(report(*both))["t::bad"].outcome is Told.FAILED


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(f'<!ENTITY {chr(n + 1)} "{f"&{chr(n)};" * 20}">'.encode() for n in range(ord("a"), ord("h")))
    + b']><testsuite><testcase classname="t" name="&h;"/></testsuite>'
)
DAMAGED = {
    "none": None,
    "empty": b"",
    "cut off": report(GOOD, BAD)[:-20],
    "no xml": b"\x00\xff not xml",
    "another document": b"<html><body/></html>",
    "a time that is no number": report(GOOD.replace("0.5", "soon")),
    "unknown encoding": b"<?xml version='1.0' encoding='klingon'?><testsuite/>",
    "entity bomb": BOMB,
    "a foreign file": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b'<testsuite><testcase classname="t" name="&f;"/></testsuite>',
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_report_tells_nothing(data: bytes | None) -> None:
    assert not any("root:" in name for name in results_in(data))
    assert results_in(data) in ({}, {"t::good": PASSED}, {"t::": PASSED})


@given(st.binary(max_size=60), st.integers(0, 300))
def test_bytes_in_a_report_never_raise(noise: bytes, place: int) -> None:
    whole = report(GOOD, BAD, SKIP)
    results_in(whole[:place] + noise + whole[place:])


def judged(before: dict[str, Result], after: dict[str, Result], code: int = 0, flaky: str = "") -> bool:
    baseline = Baseline(tests=before, flaky=frozenset(flaky.split()))
    return judge_tests(ran(code=code), after, baseline).green


def test_every_test_of_before_passes() -> None:
    assert judged({"t::a": FAILED, "t::b": PASSED}, {"t::a": PASSED, "t::b": PASSED})


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ({"t::a": FAILED}, {"t::a": FAILED}, 1),
        ({"t::a": FAILED, "t::b": PASSED}, {"t::a": PASSED, "t::b": FAILED}, 1),
        ({"t::a": FAILED, "t::b": PASSED}, {"t::a": PASSED}, 0),
        ({"t::a": FAILED}, {}, 0),
        ({"t::a": FAILED}, {"t::a": SKIPPED}, 0),
        ({"t::a": PASSED, "t::b": FAILED}, {"t::a": SKIPPED, "t::b": PASSED}, 0),
        ({"t::a": FAILED}, {"t::a": PASSED, "t::new": FAILED}, 1),
        ({"t::a": FAILED}, {"t::a": PASSED}, 1),
        ({"t::a": FAILED}, {"t::a": PASSED, "::test_x": FAILED}, 2),
        ({"t::s": SKIPPED, "t::a": FAILED}, {"t::s": FAILED, "t::a": PASSED}, 1),
    ],
    ids=[
        "still fails",
        "breaks another",
        "one vanished",
        "all vanished",
        "skipped instead",
        "another skipped",
        "a new one fails",
        "exit code",
        "a module cannot be collected",
        "a skipped one fails",
    ],
)
def test_what_is_no_repair(before: dict[str, Result], after: dict[str, Result], code: int) -> None:
    assert not judged(before, after, code)


def test_a_module_that_could_not_be_imported_need_not_be_reported_again() -> None:
    assert judged({"::test_cart": FAILED}, {"t::a": PASSED, "t::b": PASSED})


def test_a_flaky_test_may_fail_and_only_that() -> None:
    before = {"t::a": FAILED}
    assert judged(before, {"t::a": PASSED, "t::f": FAILED}, code=1, flaky="t::f")
    assert not judged(before, {"t::a": FAILED, "t::f": FAILED}, code=1, flaky="t::f")


def test_red_tests_are_named_with_their_errors() -> None:
    text = "Traceback (most recent call last):\n  File x\nAssertionError: assert 1 == 2\n  +  where 1 = f()\n"
    after = {"t::a": Result(Told.FAILED, 0.0, text)}
    finding = judge_tests(ran(code=1), after, Baseline(tests={"t::a": FAILED, "t::gone": PASSED}))
    assert finding.evidence == (
        "2 tests fail: t::a: AssertionError: assert 1 == 2 +  where 1 = f(); t::gone: not reported"
    )
    assert finding.measure == 2


def test_without_test_ids_the_exit_code_decides() -> None:
    assert judged({}, {})
    assert not judged({}, {}, code=1)
