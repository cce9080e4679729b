"""`make crash-test`: faults at every numbered step of landing, exhaustive first, then random ones.

    python bench/crash_test.py --faults 100000 --seed 1

prints one line a campaign and a JSON document at the end. Only faults that took place are counted. A run
that breaks a promise is printed with all that is needed to play it again, and the exit code is 1.
"""

import argparse
import errno
import itertools
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import landing_campaigns as campaigns
from landing_faults import Scenario, run


@dataclass(slots=True)
class Tally:
    """What a campaign did."""

    name: str
    runs: int = 0
    faults: int = 0
    kills: int = 0
    power_cuts: int = 0
    errors: int = 0
    edits: int = 0
    seconds_turned_away: int = 0
    violations: int = 0
    seconds: float = 0.0


def quick(root: Path) -> Iterator[tuple[str, Iterator[Scenario]]]:
    """One of each kind, enough to see any mutant of landing."""
    yield "power cut at each step, 2 files", campaigns.stops(root, 2, power=True)
    yield "kill at each step, 2 files", campaigns.stops(root, 2)
    yield "owner's edits at each step, 1 file", campaigns.edits(root, 1, delays=(0,))
    yield "owner's edits of one of two files", campaigns.edits(root, 2, ("held", "rename"), (0,))
    yield "commits of unknown fate, 2 files", campaigns.unknown_commits(root, 2)
    yield "second process at each step, 1 file", campaigns.seconds(root, 1)
    yield "errors at each step, 1 file", campaigns.errors(root, 1, (errno.ENOSPC, errno.EIO))
    yield "kill at each step, no exchange, 2 files", campaigns.stops(root, 2, exchange=False)
    yield "kill, then kill the recovery, 1 file", campaigns.double_stops(root, 1)


def exhaustive(root: Path) -> Iterator[tuple[str, Iterator[Scenario]]]:
    """Every step, by name of the campaign."""
    for count in (1, 2, 3, 5):
        yield f"kill at each step, {count} files", campaigns.stops(root, count)
        yield f"power cut at each step, {count} files", campaigns.stops(root, count, power=True)
    yield "commits of unknown fate, 3 files", campaigns.unknown_commits(root, 3)
    yield "second process at each step, 2 files", campaigns.seconds(root, 2)
    yield "kill at each step, no exchange, 3 files", campaigns.stops(root, 3, exchange=False)
    yield "power cut at each step, no exchange, 3 files", campaigns.stops(root, 3, power=True, exchange=False)
    for count in (1, 2, 3):
        yield f"kill, then kill the recovery, {count} files", campaigns.double_stops(root, count)
    yield "power cut, then cut the recovery, 2 files", campaigns.double_stops(root, 2, power=True)
    yield "kill twice, no exchange, 2 files", campaigns.double_stops(root, 2, exchange=False)
    for count in (1, 2, 3):
        yield f"errors at each step, {count} files", campaigns.errors(root, count)
        yield f"owner's edits at each step, {count} files", campaigns.edits(root, count, delays=(0, 1, 3))


def endless(seed: int) -> Iterator[Scenario]:
    """The random scenarios of a seed."""
    for number in itertools.count():
        yield campaigns.random_scenario(random.Random(f"{seed}-{number}"))


def play(root: Path, tally: Tally, scenarios: Iterator[Scenario], wanted: int, stop: bool) -> None:
    """Run scenarios until they end, `wanted` faults took place or, with `stop`, a promise is broken."""
    start = time.monotonic()
    for scenario in scenarios:
        seen = run(root, scenario)
        tally.runs += 1
        tally.faults += seen.faults
        for kind, number in seen.kinds.items():
            setattr(tally, kind, getattr(tally, kind) + number)
        if seen.wrong:
            tally.violations += 1
            print(f"VIOLATION in {tally.name}: {scenario} {seen.wrong}", flush=True)
        if tally.faults >= wanted or (stop and tally.violations):
            break
    tally.seconds = round(time.monotonic() - start, 1)
    print(
        f"{tally.name}: {tally.faults} faults in {tally.runs} runs, {tally.violations} violations,"
        f" {tally.seconds} s",
        file=sys.stderr,
        flush=True,
    )


def campaign(root: Path, faults: int, seed: int, only: str, stop: bool) -> list[Tally]:
    """All campaigns until `faults` faults took place."""
    tallies: list[Tally] = []
    ordered = quick(root) if only == "quick" else exhaustive(root) if only != "random" else iter(())
    ends = iter(((f"random, seed {seed}", endless(seed)),)) if only in ("random", "both") else iter(())
    for name, scenarios in itertools.chain(ordered, ends):
        left = faults - sum(tally.faults for tally in tallies)
        if left <= 0 or (stop and any(tally.violations for tally in tallies)):
            break
        tallies.append(Tally(name))
        play(root, tallies[-1], scenarios, left, stop)
    return tallies


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--faults", type=int, default=100_000, help="stop after so many (default: 100000)")
    parser.add_argument("--seed", type=int, default=1, help="of the random campaign (default: 1)")
    parser.add_argument("--only", choices=("quick", "exhaustive", "random", "both"), default="both")
    parser.add_argument("--stop", action="store_true", help="at the first broken promise")
    parser.add_argument("--folder", type=Path, help="where to work (default: in memory if there is some)")
    given = parser.parse_args()
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="goldseam-crash-", dir=given.folder or memory))
    try:
        tallies = campaign(folder / "tree", given.faults, given.seed, given.only, given.stop)
    finally:
        shutil.rmtree(folder)
    total = Tally("total")
    for name in (
        "runs",
        "faults",
        "kills",
        "power_cuts",
        "errors",
        "edits",
        "seconds_turned_away",
        "violations",
        "seconds",
    ):
        setattr(total, name, round(sum(getattr(tally, name) for tally in tallies), 1))
    print(
        json.dumps(
            {"seed": given.seed, "total": asdict(total), "campaigns": [asdict(t) for t in tallies]}, indent=1
        )
    )
    return 1 if total.violations else 0


if __name__ == "__main__":
    sys.exit(main())
