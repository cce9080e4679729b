"""What the static checks of PHP say of healthy files: whatever they say there is wrong or harmless.

    python bench/php_static.py FOLDER… [--files 400] [--seed 1] [--apart] [--json]

FOLDERs hold real PHP sources. They are looked at folder by folder, as a snapshot of up to 40 files is;
with `--apart` each file alone.
"""

import argparse
import json
import random
import subprocess
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, position_of
from goldseam.diagnose.analyzers.php_static import PhpAnalyzer
from goldseam.languages.php import PHP

WORKER = Path(__file__).parents[1] / "src/goldseam/languages/workers" / PHP.programs["analyse"].file
GROUP = 40


class Symbols:
    """What PHP has built in, asked without a box."""

    def ask(self, language: str, role: str, question: object, *, seconds: float) -> dict[str, Any]:
        del language, role, question
        argv = [*PHP.programs["analyse"].argv, str(WORKER)]
        run = subprocess.run(argv, input=b"{}\n", capture_output=True, check=True, timeout=seconds)
        return dict(json.loads(run.stdout))


def findings(analyze: PhpAnalyzer, files: dict[str, bytes]) -> list[Fault]:
    snapshot = Snapshot(files)
    incident = Incident(next(iter(files)), tuple(files), "fails", OracleSpec())
    case = Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), "", Observation()))
    return list(analyze(case))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", type=int, default=30)
    asked = parser.parse_args()
    found = [file for folder in asked.folders for file in sorted(folder.rglob("*.php")) if file.is_file()]
    chosen = random.Random(asked.seed).sample(found, min(asked.files, len(found)))
    groups: dict[object, dict[str, bytes]] = defaultdict(dict)
    for file in sorted(chosen):
        groups[file if asked.apart else (file.parent, len(groups) // GROUP)][str(file)] = file.read_bytes()
    analyze = PhpAnalyzer(Symbols())
    faults: list[tuple[Fault, bytes]] = []
    seconds = []
    for files in groups.values():
        started = time.perf_counter()
        faults += [(fault, files[fault.path]) for fault in findings(analyze, files)]
        seconds.append((time.perf_counter() - started) / len(files))
    reports = [
        f"{Path(fault.path).name}:{position_of(data, fault.span.start)[0]} {fault.code} {fault.message}"
        for fault, data in faults
    ]
    figures = {
        "files": len(chosen),
        "lines": sum(data.count(b"\n") for files in groups.values() for data in files.values()),
        "files with a report": len({fault.path for fault, _ in faults}),
        "reports by code": dict(Counter(str(fault.code) for fault, _ in faults)),
        "ms a file, median": round(1000 * sorted(seconds)[len(seconds) // 2], 2),
        "ms a file, most": round(1000 * max(seconds), 1),
    }
    if asked.json:
        print(json.dumps({**figures, "reports": reports}, indent=2))
        return
    for name, value in figures.items():
        print(f"{name:22} {value}")
    print(*reports[: asked.show], sep="\n")


if __name__ == "__main__":
    main()
