"""The `--test` check: by test id where the runner reports, else by exit code with a caution."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import junitparser

from goldseam.core.observation import Ended, Run, TestOutcome, TestResult
from goldseam.core.plain import readable
from goldseam.verify.baseline import Baseline
from goldseam.verify.checks.execution import Finding

_NODE_FRAME = re.compile(r"\s+at .*:\d+:\d+\)?(?: \{)?$")
NODE_CLASS = "test"
"""What Node's runner calls the class of every test."""
WEAK_ORACLE = "weak oracle: the test runner reports no test ids, only an exit code"


def results_in(report: bytes | None) -> dict[str, TestResult]:
    """Results by test id out of a JUnit report; empty if there is none or it is damaged.

    Of several results under one id a failure counts.
    """
    results: dict[str, TestResult] = {}
    try:
        for suites, case in _cases(report or b""):
            name, result = "::".join([case.classname or "", *suites, case.name or ""]), _result(case)
            if name not in results or result.outcome is TestOutcome.FAILED:
                results[name] = result
    except (junitparser.JUnitXmlError, SyntaxError, ValueError, LookupError):
        return {}
    return results


def _cases(report: bytes) -> Iterator[tuple[tuple[str, ...], junitparser.TestCase]]:
    """Each test with the names of the suites around it, of which the outermost are modules or runs."""
    parsed: Any = junitparser.JUnitXml.fromstring(report)
    if isinstance(parsed, junitparser.TestSuite):
        yield from _cases_in(parsed, ())
        return
    yield from (((), case) for case in parsed.iterchildren(junitparser.TestCase))
    for suite in parsed:
        yield from _cases_in(suite, (suite.name,) if _is_described(suite) else ())


def _cases_in(suite: Any, around: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], junitparser.TestCase]]:
    yield from ((around, case) for case in suite.iterchildren(junitparser.TestCase))
    for inner in suite.testsuites():
        yield from _cases_in(inner, (*around, inner.name or ""))


def _is_described(suite: Any) -> bool:
    """Whether a suite is one of Node's runner, whose tests have no class and so are known by their suites."""
    cases = [case for _, case in _cases_in(suite, ())]
    return bool(suite.name) and all(case.classname == NODE_CLASS for case in cases)


def _result(case: junitparser.TestCase) -> TestResult:
    for said in case.result:
        if isinstance(said, junitparser.Skipped):
            return TestResult(TestOutcome.SKIPPED, case.time or 0.0)
        return TestResult(TestOutcome.FAILED, case.time or 0.0, said.text or said.message or "")
    return TestResult(TestOutcome.PASSED, case.time or 0.0)


def collected(tests: Mapping[str, TestResult]) -> dict[str, TestResult]:
    """Results of tests; what pytest reports of a module that it could not import has no class name."""
    return {name: result for name, result in tests.items() if not name.startswith("::")}


def judge_tests(
    run: Run,
    tests: Mapping[str, TestResult],
    baseline: Baseline,
    text_of: Callable[[bytes], str] = readable,
) -> Finding:
    """Every stable test id of the baseline passes or is skipped as before, no other fails, exit code 0.

    An exit code other than 0 is borne only if nothing but flaky tests failed.
    """
    broken = [
        name for name, before in collected(baseline.tests).items() if not _kept(before, tests.get(name))
    ]
    failing = [name for name, result in tests.items() if result.outcome is TestOutcome.FAILED]
    wrong = tuple(name for name in dict.fromkeys([*broken, *failing]) if name not in baseline.flaky)
    if not wrong and (run.succeeded or failing):
        counted = f"{len(tests)} tests" if tests else "exit code 0"
        return Finding("test", True, 0, f"passed: {counted}")
    measure = len(wrong) if tests else 1_000.0
    return Finding("test", False, measure, _evidence(run, tests, wrong, text_of))


def _kept(before: TestResult, after: TestResult | None) -> bool:
    if after is None:
        return False
    if before.outcome is TestOutcome.SKIPPED:
        return after.outcome is not TestOutcome.FAILED
    return after.outcome is TestOutcome.PASSED


def _evidence(
    run: Run, tests: Mapping[str, TestResult], wrong: tuple[str, ...], text_of: Callable[[bytes], str]
) -> str:
    if run.ended is not Ended.EXITED:
        return f"'{run.command}' ended by {run.ended} after {run.seconds:.0f} s"
    if not wrong:
        last = text_of(run.stdout + run.stderr).strip().splitlines()[-1:]
        return (
            f"'{run.command}' ended with exit code {run.exit_code}: {last[0][:300] if last else 'no output'}"
        )
    shown = [
        f"{name}: {_last_error(tests[name].text) if name in tests else 'not reported'}" for name in wrong[:3]
    ]
    more = f" (and {len(wrong) - 3} more)" if len(wrong) > 3 else ""
    return f"{len(wrong)} tests fail: {'; '.join(shown)}{more}"


def _last_error(text: str) -> str:
    """The error that ends a traceback, with the lines that explain it."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if frames := [number for number, line in enumerate(lines) if _NODE_FRAME.match(line)]:
        return " ".join(line.strip() for line in lines[: frames[0]])[:400] or "failed"
    starts = [number for number, line in enumerate(lines) if not line.startswith((" ", "\t"))]
    return " ".join(line.strip() for line in lines[starts[-1] if starts else -1 :])[:400] or "failed"
