"""Real power cuts: a landing dies on a real ext4, and only what had reached the device is left.

    python bench/landing_power.py --cuts 300 --seed 1        (as root, where loop devices exist)

The device's backing file is copied at the moment of death, the copy is mounted, landing recovers on it, and
every promise is checked. Each copy has a name of its own: a loop device that is not yet detached would show
what it had read before. ext4 is mounted so that it hides no missing sync (`noauto_da_alloc,commit=300`).
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import landing_campaigns as campaigns
from landing_faults import Parent, Phase, Scenario, Stop, check_end, play_phase
from landing_world import build, random_repair

_SIZE = 8 << 20
_OPTIONS = "loop,noauto_da_alloc,commit=300"


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """The image's file system at `folder`."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", _OPTIONS, image, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def cut(disk: Path, work: Path, rng: random.Random) -> tuple[bool, list[str]]:
    """One landing and one cut on a mounted disk, whose image is `work/image`; a hit or not, what is wrong."""
    repair, accepted = random_repair(rng), rng.random() < 0.6
    tree = disk / "tree"
    steps = campaigns.steps_of(tree, repair, accepted)
    at = rng.choice([step.number for step in steps if step.changes])
    build(tree, repair)
    os.sync()
    scenario = Scenario(repair, accepted, (Phase(Stop(at)),))
    parent = Parent(tree)
    play_phase(tree, scenario, parent, scenario.phases[0], lands=True)
    copy = work / f"copy-{rng.random()}"
    shutil.copyfile(work / "image", copy)
    with mounted(copy, work / "after") as after:
        play_phase(after / "tree", scenario, parent, Phase(), lands=False)
        check_end(after / "tree", scenario, parent)
    copy.unlink()
    return bool(parent.seen.faults), parent.seen.wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stop", action="store_true", help="at the first broken promise")
    given = parser.parse_args()
    start, hits, violations = time.monotonic(), 0, 0
    memory = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="goldseam-power-", dir=memory) as name:
        work = Path(name)
        with (work / "image").open("wb") as image:
            image.truncate(_SIZE)
        subprocess.run(["mkfs.ext4", "-q", "-I", "256", work / "image"], check=True)
        with mounted(work / "image", work / "disk") as disk:
            for number in range(given.cuts):
                hit, wrong = cut(disk, work, random.Random(f"{given.seed}-{number}"))
                hits += hit
                violations += bool(wrong)
                if wrong:
                    print(f"VIOLATION seed {given.seed}, cut {number}: {wrong}", flush=True)
                if wrong and given.stop:
                    break
    seconds = round(time.monotonic() - start, 1)
    print(json.dumps({"seed": given.seed, "cuts": hits, "violations": violations, "seconds": seconds}))
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
