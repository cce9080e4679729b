"""Infill in a whole repair: real diagnosis, boxes and landing; only the model answers from a script."""

from dataclasses import replace
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.budget import LIMITS, Budget, Tokens
from goldseam.core.event import BatchProposed, BatchScreened, BudgetPlanned, RepairEnded
from goldseam.core.hole import Filling, Hole
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy, Landed
from goldseam.pipeline import repair
from goldseam.plugins import Plugins
from goldseam.propose.infill import Infill
from goldseam.testing import ScriptedModel
from goldseam.wiring import SEED, Choice, assemble

pytestmark = pytest.mark.sandbox

UNCHANGED = "unchanged: the model gave back what it was shown"
SOURCE = """\
RATE = 3


def unused(count):
    return count


def price(count):
    if count > 10:
        count -= 1
    return count
"""
TESTS = """\
from shop import price


def test_few():
    assert price(2) == 6


def test_many():
    assert price(11) == 30
"""


class Cautious(ScriptedModel):
    """Writes what was there, and something else only when it is warm."""

    def fill(self, hole: Hole) -> Filling:
        self.holes.append(hole)
        warm = ("    return count + RATE\n", "    return RATE\n", "    return count * RATE\n")
        return Filling(warm if hole.temperature else ("    return count\n",), Tokens(20, 9), self.name)


def test_a_hole_at_the_suspicious_line_heals(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(SOURCE)
    (tmp_path / "test_shop.py").write_text(TESTS)
    model = Cautious([], [])
    plugins = Plugins()
    incident = Incident("shop.py", ("shop.py",), "fails", OracleSpec(test="python3 -m pytest -q"))
    with assemble(tmp_path, load(tmp_path, {}), Choice(remembers=False), plugins) as assembly:
        fixer = Infill(model, plugins.languages(), SEED)
        workshop = replace(assembly.workshop, fixers=(fixer,), model=model)
        budget = Budget(left_open=LIMITS)
        events = list(repair(incident, workshop, budget=budget, autonomy=Autonomy.LAND))
    assert isinstance(events[-1], RepairEnded)
    assert isinstance(events[-1].outcome, Landed), events[-1].outcome
    healed = SOURCE.removesuffix("return count\n") + "return count * RATE\n"
    assert (tmp_path / "shop.py").read_text() == healed
    assert model.holes[0].prefix.startswith("RATE = 3\n")
    assert "unused" not in model.holes[0].prefix
    assert model.holes[0].beside == (("tests", "assert price(2) == 6\nassert price(11) == 30\n"),)
    assert [event.attempts for event in events if isinstance(event, BudgetPlanned)] == [10]
    assert any(isinstance(event, BatchScreened) for event in events)
    proposed = [event for event in events if isinstance(event, BatchProposed)]
    assert (proposed[0].candidates, proposed[0].rejected) == (0, (UNCHANGED,))
    assert proposed[-1].candidates == 3
