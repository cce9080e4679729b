"""Runs that begin before they are needed, and what of a traced run counts as a second one."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from goldseam.core.observation import Ended, Observation, Run
from goldseam.core.observation import TestOutcome as Outcome
from goldseam.core.observation import TestResult as Result
from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.verify.ahead import Ahead
from goldseam.verify.oracle import agreeing
from goldseam.verify.traced import Told
from goldseam.verify.tracing import Trace

RUN = Run("pytest", 1, Ended.EXITED, b"1 failed\n", b"", 0.1)
FAILS, PASSES = {"t::a": Result(Outcome.FAILED)}, {"t::a": Result(Outcome.PASSED)}


def test_a_call_begins_beside_its_caller() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def call() -> str:
        begun.set()
        return "done" if go_on.wait(20) else "never"

    with ThreadPoolExecutor(1) as beside:
        pending = Ahead(beside).begin(call)
        assert begun.wait(20)
        go_on.set()
        assert pending.result() == "done"


def test_without_anybody_beside_a_call_is_made_once_and_when_asked() -> None:
    made: list[int] = []
    pending = Ahead().begin(lambda: made.append(1))
    assert made == []
    pending.result()
    pending.result()
    assert made == [1]


def test_what_a_call_raises_is_raised_where_its_result_is_asked_for() -> None:
    with ThreadPoolExecutor(1) as beside, pytest.raises(ZeroDivisionError):
        Ahead(beside).begin(lambda: 1 // 0).result()


def test_a_traced_run_counts_where_it_ended_as_the_first() -> None:
    first = Observation(test_run=RUN, tests=FAILS)
    seen = agreeing(first, (None, Told(RUN, Trace(tests=FAILS))))
    assert seen is not None
    assert seen.tests == FAILS


@pytest.mark.parametrize(
    ("run", "tests"),
    [
        (RUN, PASSES),
        (RUN, {}),
        (RUN, FAILS | {"t::b": Result(Outcome.PASSED)}),
    ],
)
def test_a_traced_run_in_which_a_test_ended_otherwise_does_not_count(
    run: Run, tests: dict[str, Result]
) -> None:
    first = Observation(test_run=RUN, tests=FAILS)
    assert agreeing(first, (None, Told(run, Trace(tests=tests)))) is None


def test_a_traced_program_that_ended_otherwise_does_not_count() -> None:
    first = Observation(run=RUN)
    assert agreeing(first, (Told(RUN, Trace()), None)) is not None
    assert agreeing(first, (Told(replace(RUN, exit_code=0), Trace()), None)) is None
    assert agreeing(first, (Told(replace(RUN, ended=Ended.TIMEOUT), Trace()), None)) is None
    assert agreeing(first, (None, None)) is None


@pytest.mark.sandbox
def test_boxes_are_apart_unless_an_address_is_open(tmp_path) -> None:
    with (
        Bubblewrap(tmp_path, Limits()) as box,
        Bubblewrap(tmp_path, Limits(), allow=[("127.0.0.1", 9)]) as open_box,
    ):
        assert box.are_apart
        assert not open_box.are_apart


@pytest.mark.sandbox
def test_two_boxes_at_once_see_nothing_of_each_other(tmp_path) -> None:
    (tmp_path / "here").write_text("")
    command = "echo x > mine-$NAME; sleep 0.5; ls"
    with Bubblewrap(tmp_path, Limits()) as box, ThreadPoolExecutor(2) as beside:
        runs = [beside.submit(box.run, Job(command, environment={"NAME": name}, seconds=20)) for name in "ab"]
        assert [run.result().stdout.split() for run in runs] == [[b"here", b"mine-a"], [b"here", b"mine-b"]]
