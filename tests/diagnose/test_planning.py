"""What a diagnosis is worth: attempts, tokens, seconds, threads."""

from dataclasses import replace

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.diagnosis import Plan
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Ended, Observation, Run
from goldseam.core.source import Snapshot, Span
from goldseam.diagnose.planning import MAX_ATTEMPTS, OVERHEAD_TOKENS, TOKENS_BY_FILE, TOKENS_BY_SPAN, plan_of


def case(*codes: Code, data: bytes = b"x = 1\n") -> Case:
    incident = Incident("job.py", ("job.py",), "fails", OracleSpec(run="python job.py"))
    snapshot = Snapshot({"job.py": data})
    verdict = Verdict(False, (), (1.0, 1.0), "it fails", Observation())
    faults = tuple(Fault(code, "job.py", Span(0, 1), "m", "h") for code in codes)
    return Case(incident, snapshot, snapshot, verdict, faults)


def plan(*codes: Code, data: bytes = b"x = 1\n", tokens_a_second: float | None = None) -> Plan:
    found = plan_of(case(*codes, data=data), tokens_a_second)
    assert found is not None
    return found


def test_one_fault():
    assert plan(Code.SYN_MISSING_COLON) == Plan(10, OVERHEAD_TOKENS + TOKENS_BY_SPAN, 45.0, threads=False)


def test_more_faults_cost_more_of_everything():
    one, six = plan(Code.NAM_UNDEFINED), plan(*[Code.NAM_UNDEFINED] * 6)
    assert six.attempts > one.attempts
    assert six.tokens == OVERHEAD_TOKENS + 6 * TOKENS_BY_SPAN
    assert six.seconds == 30 + 6 * 15


def test_attempts_have_an_end():
    assert plan(*[Code.SYN_INVALID] * 50).attempts == MAX_ATTEMPTS == 12


def test_a_fault_without_a_place_costs_the_whole_file():
    assert plan(Code.LOG_WRONG_OUTPUT).tokens == OVERHEAD_TOKENS + TOKENS_BY_FILE


@pytest.mark.parametrize(
    ("code", "data", "threads"),
    [
        (Code.CONC_DATA_RACE, b"", True),
        (Code.CONC_DEADLOCK, b"", True),
        (Code.RUN_TIMEOUT, b"import threading\n", True),
        (Code.LOG_WRONG_OUTPUT, b"from concurrent.futures import ThreadPoolExecutor\n", True),
        (Code.RUN_ERROR, b'const { Worker } = require("node:worker_threads");\n', True),
        (Code.RUN_ERROR, b"<?php\n$child = pcntl_fork();\n", True),
        (Code.SYN_MISSING_COLON, b"import threading\n", False),
        (Code.RUN_TIMEOUT, b"threading = 'no import'\n", False),
        (Code.NAM_UNDEFINED, b"import time\n", False),
    ],
)
def test_threads(code, data, threads):
    found = plan(code, data=data)
    assert found.threads is threads
    assert found.seconds == (105.0 if threads else 45.0)


def test_a_known_pace_adds_the_time_of_asking():
    slow = plan(Code.NAM_UNDEFINED, tokens_a_second=10.0)
    assert slow.seconds == 45.0 + slow.tokens / 10.0


@pytest.mark.parametrize("codes", [(), (Code.ENV_PORT_IN_USE,), (Code.TST_FLAKY, Code.ENV_MISSING_PACKAGE)])
def test_what_no_edit_mends_has_no_plan(codes):
    assert plan_of(case(*codes)) is None


def test_slow_tests_are_honoured():
    at = case(Code.NAM_UNDEFINED)
    slow = Run("pytest", 1, Ended.EXITED, b"", b"", seconds=7.0)
    slower = plan_of(replace(at, verdict=replace(at.verdict, observation=Observation(test_run=slow))))
    quick = plan_of(at)
    assert quick is not None
    assert slower == replace(quick, seconds=quick.seconds + quick.attempts * 7.0)


def test_many_likely_places_are_one_fault():
    assert plan(*[Code.LOG_WRONG_RESULT] * 5) == plan(Code.LOG_WRONG_RESULT)


def test_beside_others_it_costs_nothing():
    assert plan(Code.NAM_UNDEFINED, Code.ENV_PORT_IN_USE) == plan(Code.NAM_UNDEFINED)
