"""How often the embedded model heals the two report cases: `make bench-report-cases ARGS="--runs 10"`.

Each run has another seed and a fresh copy. Prints one JSON line a run and a summary: share healed, attempts,
seconds and tokens.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from goldseam.cli.healing import repaired
from goldseam.cli.terminal import Progress
from goldseam.config import load
from goldseam.core.budget import Budget
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy
from goldseam.core.record import RepairRecord
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

EXAMPLES = Path(__file__).parents[1] / "examples" / "jobs"
CASES = ("sum_job", "frame_job")


def heal(case: str, seed: int) -> RepairRecord:
    job = f"{case}.py"
    spec = OracleSpec(run=f"python3 {job}", expected=(EXAMPLES / f"{case}.expected").read_bytes())
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        shutil.copy(EXAMPLES / job, root)
        with assemble(root, load(root), Choice(seed=seed), Plugins()) as assembly:
            incident = Incident(job, (job,), "report case", spec)
            return repaired(incident, assembly, Progress(quiet=True), Budget(), Autonomy.LAND)


def summary(case: str, records: Iterable[RepairRecord]) -> str:
    kept = list(records)
    healed = [record for record in kept if record.outcome == "healed"]
    at_once = sum(record.attempts == 1 for record in healed)
    if not healed:
        return f"{case}: 0 of {len(kept)} healed"
    seconds = sorted(record.seconds for record in healed)
    return (
        f"{case}: {len(healed)} of {len(kept)} healed, {at_once} in one attempt; seconds median"
        f" {statistics.median(seconds):.1f} ({seconds[0]:.1f} to {seconds[-1]:.1f}); tokens median"
        f" {statistics.median(record.tokens.total for record in healed):.0f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ["VIRTUAL_ENV"] = sys.prefix
    told = []
    for case in CASES:
        records = []
        for number in range(given.runs):
            record = heal(case, given.seed + 1000 * number)
            records.append(record)
            line = {"case": case, "outcome": record.outcome, "attempts": record.attempts}
            line |= {"tokens": record.tokens.total, "seconds": round(record.seconds, 1)}
            print(json.dumps(line), flush=True)
        told.append(summary(case, records))
    print("\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
