"""What worked before is done again after a repair, in real boxes."""

import shutil
import sys
from pathlib import Path

import pytest

import goldseam
from goldseam.core.observation import TestOutcome as Told
from goldseam.core.observation import TestResult as Result
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
from goldseam.verify.checks.behaviour_lock import BehaviourLock, Call, compared, locked, same_value
from goldseam.verify.checks.behaviour_lock import test_id as id_of

PROGRAMS = Path(goldseam.__file__).parent / "languages" / "workers"
CART = (
    "import random\n\n\n"
    "def subtotal(items, rate=1):\n    total = 0\n    for price, count in items:\n"
    "        total += price + count\n    return total\n\n\n"
    "def label(name):\n    return name.strip().title()\n\n\n"
    "def ticket():\n    return random.random()\n\n\n"
    "def first(*names, **more):\n    return [*names, *more.values()][0]\n"
)
TESTS = (
    "from cart import first, label, subtotal, ticket\n\n\n"
    "def test_empty():\n    assert subtotal([]) == 0\n\n\n"
    "def test_runs():\n    assert subtotal([(2, 3)])\n\n\n"
    "def test_right():\n    assert subtotal([(5, 2)]) == 10\n\n\n"
    "def test_label():\n    assert label(' ab ') == 'Ab'\n    assert 0 <= ticket() < 1\n"
    "    assert first(1, a=2) == 1\n"
)
COMMAND = f"{sys.executable} -m pytest -q -p no:cacheprovider test_cart.py"
OUTCOMES = {
    "test_cart::test_empty": Result(Told.PASSED),
    "test_cart::test_runs": Result(Told.PASSED),
    "test_cart::test_right": Result(Told.FAILED),
    "test_cart::test_label": Result(Told.PASSED),
}

sandboxed = pytest.mark.skipif(
    shutil.which("bwrap") is None, reason="NOT TESTED: bubblewrap is not installed"
)


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "cart.py").write_text(CART)
    (tmp_path / "test_cart.py").write_text(TESTS)
    sandbox = Bubblewrap(tmp_path, Limits())
    yield BehaviourLock(sandbox, COMMAND, PROGRAMS, 60)
    sandbox.close()


def judged(lock, new):
    return lock.judge(lock.recorded(["cart.py"], OUTCOMES), {"cart.py": new.encode()})


@pytest.mark.sandbox
@sandboxed
def test_a_repair_is_held_to_the_inputs_that_worked(lock):
    finding, cautions = judged(lock, CART.replace("price + count", "price * count"))
    assert finding.green
    assert finding.evidence == "4 earlier calls give a result"  # not the failing input, not the random one
    assert len(cautions) == 1
    assert "cart.subtotal(([(2, 3)], 1), {})" in cautions[0]
    assert "gave 5, now 6" in cautions[0]

    finding, cautions = judged(lock, CART.replace("price + count", "price + count + 0"))
    assert finding.green
    assert not cautions

    finding, _ = judged(lock, CART.replace("name.strip()", "name.strap()"))
    assert not finding.green
    assert "label" in finding.evidence
    assert "raises AttributeError" in finding.evidence


@pytest.mark.sandbox
@sandboxed
def test_a_repair_that_ends_the_process_is_red(lock):
    finding, _ = judged(lock, CART.replace("    total = 0\n", "    __import__('os')._exit(0)\n"))
    assert not finding.green
    assert "now nothing" in finding.evidence


def test_only_inputs_of_green_tests_are_locked():
    line = {"module": "m", "function": "f", "arguments": "((1,), {})", "result": "2", "paths": []}
    passed = {**line, "test": "t.py::a (call)"}
    failed = {**line, "test": "t.py::b (call)"}
    outside = {**line, "test": ""}
    tests = {"t::a": Result(Told.PASSED), "t::b": Result(Told.FAILED)}
    assert [call.function for call in locked([passed], tests)] == ["f"]
    assert not list(locked([passed, failed], tests))
    assert not list(locked([{**failed, "result": "3"}, passed], tests))
    assert not list(locked([outside], tests))


@pytest.mark.parametrize(
    ("running", "name"),
    [
        ("tests/a/test_b.py::TestC::test_d[x::y (1)] (call)", "tests.a.test_b.TestC::test_d[x::y (1)]"),
        ("test_b.py::test_d (setup)", "test_b::test_d"),
        ("", ""),
    ],
)
def test_names_of_tests(running, name):
    assert id_of(running) == name


def test_a_missing_answer_is_red():
    call = Call("m", "f", "((1,), {})", "2", ())
    assert not compared([call], [])[0].green
    assert compared([call], ["2"])[0].green


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("7", "7.0", True),
        ("[1, {'a': 2.5}]", "[1.0, {'a': 2.5}]", True),
        ("0.1", "0.10000000000000001", True),
        ("1", "True", False),
        ("(1,)", "[1]", False),
        ("'7'", "7", False),
        ("{'a': 1}", "{'a': 1, 'b': 2}", False),
        ("<Row>", "<Row>", True),
        ("<Row>", "<Line>", False),
        ("1e400", "1", False),
    ],
)
def test_numbers_of_one_value_are_one_result(one: str, other: str, same: bool) -> None:
    assert same_value(one, other) is same
    assert same_value(other, one) is same
