"""A short random campaign: edits, errors, kills, power cuts and disturbed recoveries together."""

import random
from pathlib import Path

from landing_campaigns import random_scenario
from landing_faults import run

RUNS = 250


def test_random_faults(tree: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"replay: python bench/crash_test.py --seed {seed} --only random --faults 500")
    faults = 0
    for number in range(RUNS):
        scenario = random_scenario(random.Random(f"{seed}-{number}"))
        seen = run(tree, scenario)
        faults += seen.faults
        assert not seen.wrong, (
            f"seed {seed}, run {number}: {scenario.accepted} {scenario.phases}: {seen.wrong}"
        )
    assert faults > RUNS // 2
