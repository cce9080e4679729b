"""No faults where nothing is wrong: `make bench-healthy ARGS="--files 200"`.

Green programs (those of `single_faults`) must have no fault of any kind. Installed files, which all parse,
are examined with no command: what static tools say of them is a suspicion, counted here by code.
"""

import argparse
import importlib
import json
import random
import statistics
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from pathlib import Path

from single_faults import lay, run

from goldseam.config import load
from goldseam.core.incident import Incident, OracleSpec
from goldseam.pipeline import examine
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble

MAX_BYTES = 100_000
SUFFIXES = {"python": (".py",), "javascript": (".js", ".mjs"), "php": (".php",)}


def programs(language: str, assembly: Assembly) -> Counter[str]:
    """Codes of faults in green programs."""
    found: Counter[str] = Counter()
    unique = {one.name: one for one in importlib.import_module(f"planted_{language}").PROGRAMS}
    for program in unique.values():
        lay(program.files, assembly.root)
        output = (run(program.command, assembly.root) or (1, b""))[1]
        first = program.command.split()[-1]
        spec = OracleSpec(run=program.command, expected=output)
        incident = Incident(first, tuple(dict.fromkeys([first, *program.files])), "green", spec)
        told = examine(incident, assembly.workshop)
        assert told.verdict is not None, (program.name, told.declined)
        assert told.verdict.plausible, (program.name, told.verdict.evidence)
        found["programs"] += 1
        found.update(f"fault {fault.code}" for fault in told.faults)
    return found


def files(paths: list[Path], assembly: Assembly) -> tuple[Counter[str], list[float]]:
    """Codes of faults and of suspicions in files with no command."""
    found: Counter[str] = Counter()
    seconds = []
    for path in paths:
        lay({path.name: path.read_text("utf-8")}, assembly.root)
        started = time.monotonic()
        told = examine(Incident(path.name, (path.name,), "healthy", OracleSpec()), assembly.workshop)
        seconds.append(time.monotonic() - started)
        found["files"] += 1
        found["files with a suspicion"] += bool(told.suspicions)
        found.update(f"fault {fault.code}" for fault in told.faults)
        found.update(f"suspicion {fault.code}" for fault in told.suspicions)
    return found, seconds


def installed(folder: Path, suffixes: tuple[str, ...], count: int, seed: int) -> list[Path]:
    every = sorted(p for p in folder.rglob("*") if p.suffix in suffixes and p.stat().st_size <= MAX_BYTES)
    random.Random(seed).shuffle(every)
    kept = []
    for path in every:
        try:
            path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        kept.append(path)
        if len(kept) == count:
            break
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="python")
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--folder", type=Path, default=Path(sysconfig.get_path("purelib")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    paths = installed(given.folder, SUFFIXES[given.language], given.files, given.seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        with assemble(root, load(root), Choice(remembers=False), Plugins()) as assembly:
            green = programs(given.language, assembly)
            healthy, seconds = files(paths, assembly)
    faults = sum(count for name, count in (green + healthy).items() if name.startswith("fault"))
    figures = {
        "green programs": dict(green),
        "installed files": dict(healthy.most_common()),
        "faults": faults,
        "milliseconds a file": {
            "median": round(1000 * statistics.median(seconds), 1) if seconds else 0,
            "p95": round(1000 * sorted(seconds)[int(0.95 * (len(seconds) - 1))], 1) if seconds else 0,
        },
    }
    print(json.dumps(figures) if given.json else json.dumps(figures, indent=2))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
