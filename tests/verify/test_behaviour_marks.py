"""What promising candidates do with other inputs, in the real box."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.candidate import Candidate, Mark, Screening
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.source import Edit, Patch, Snapshot, Span
from goldseam.plugins import Plugins
from goldseam.verify.consensus import supports
from goldseam.wiring import Assembly, Choice, assemble

pytestmark = pytest.mark.sandbox

MEDIAN = """def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2 == 0:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
"""
MEDIAN_TEST = """import pytest
from job import median

@pytest.mark.parametrize("values, expected", [([1, 2, 3], 2), ([4, 1], 2.5), ([7], 7), ([1, 2, 3, 4], 2.5)])
def test_median(values, expected):
    assert median(values) == expected
"""
BASKET = """class Basket:
    def __init__(self, prices):
        self.prices = prices

    def total(self, discount):
        return sum(self.prices) + discount
"""
BASKET_TEST = """from job import Basket

def test_total():
    assert Basket([3, 4]).total(0) == 7
    assert Basket([3, 4]).total(3) == 4
"""
ENDLESS = """def first(rows):
    found = []
    found.append(rows[0])
    return found[1]
"""
ENDLESS_TEST = "from job import first\n\ndef test_first():\n    assert first(['a', 'b']) == 'a'\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    return tmp_path


@pytest.fixture
def assembly(root: Path) -> Iterator[Assembly]:
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as found:
        yield found


def screened(root: Path, assembly: Assembly, source: str, test: str, old: str, *new: str) -> list[Screening]:
    (root / "job.py").write_text(source)
    (root / "test_job.py").write_text(test)
    snapshot = Snapshot({"job.py": source.encode()})
    spec = OracleSpec(test="python3 -m pytest -q")
    oracle = assembly.workshop.oracle_for(Incident("job.py", ("job.py",), "test", spec))
    oracle.reproduce(snapshot)
    span = Span(source.index(old), source.index(old) + len(old))
    edits = [Edit(span, text.encode()) for text in new]
    candidates = [Candidate(Patch({"job.py": (edit,)}), "f", "mutation", "why") for edit in edits]
    return list(oracle.screen(snapshot, candidates, 30.0))


def test_right_repairs_agree_and_an_overfitted_one_stands_alone(root: Path, assembly: Assembly) -> None:
    found = screened(
        root, assembly, MEDIAN, MEDIAN_TEST, "% 2 == 0", "% 3 == 0", "% 2 != 0", "% 2 == 1", "% 2 <= 0"
    )
    assert [one.mark for one in found] == [Mark.PROMISING] * 3 + [Mark.RED]
    overfitted, right, spelt_otherwise, red = (one.behaviour for one in found)
    assert len(right) > 10
    assert right == spelt_otherwise != overfitted
    assert red == ()
    every = [Candidate(Patch({}), "f", "mutation", f"change {number}") for number in range(len(found))]
    support = supports(every, found, [0, 1, 2])
    assert support[0] < support[1] == support[2]


def test_objects_of_the_program_are_inputs_as_well(root: Path, assembly: Assembly) -> None:
    found = screened(
        root, assembly, BASKET, BASKET_TEST, "+ discount", "- discount", "+ -discount", "- abs(discount)"
    )
    assert [one.mark for one in found] == [Mark.PROMISING] * 3
    assert found[0].behaviour == found[1].behaviour != found[2].behaviour


def test_what_does_not_end_or_kills_its_process_holds_up_nobody(root: Path, assembly: Assembly) -> None:
    hanging = "if len(rows) != 2:\n        while True: pass\n    return found[0]"
    killing = "if len(rows) != 2:\n        import os; os._exit(3)\n    return found[0]"
    found = screened(
        root, assembly, ENDLESS, ENDLESS_TEST, "return found[1]", "return found[0]", hanging, killing
    )
    assert [one.mark for one in found] == [Mark.PROMISING] * 3
    assert len(found[0].behaviour) > 3
    assert found[1].behaviour != found[0].behaviour
    assert found[2].behaviour == ()


def test_one_alone_is_not_asked(root: Path, assembly: Assembly) -> None:
    found = screened(root, assembly, MEDIAN, MEDIAN_TEST, "% 2 == 0", "% 2 == 1", "% 2 == 7", "% 2 == 9")
    assert [one.mark for one in found] == [Mark.PROMISING, Mark.RED, Mark.RED]
    assert found[0].behaviour == ()


def test_what_did_not_end_when_screened_is_not_waited_for(root: Path, assembly: Assembly) -> None:
    (root / "job.py").write_text(ENDLESS)
    (root / "test_job.py").write_text(ENDLESS_TEST)
    snapshot = Snapshot({"job.py": ENDLESS.encode()})
    oracle = assembly.workshop.oracle_for(
        Incident("job.py", ("job.py",), "test", OracleSpec(test="python3 -m pytest -q"))
    )
    oracle.reproduce(snapshot)
    hanging = Snapshot({"job.py": ENDLESS.replace("found = []", "while True: pass").encode()})
    began = time.monotonic()
    verdict = oracle.judge(hanging, doubtful=True)
    assert not verdict.plausible
    assert "ended by timeout" in verdict.evidence
    assert time.monotonic() - began < 50
