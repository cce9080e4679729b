"""Where the faulty statement ranks: `make bench-localization ARGS="bugs.jsonl --truth lines.json"`.

Each program is run by the product itself: reproduced, observed by a traced run in the sandbox, localized. A
data file has one JSON object a line: `id`, `file`, `test` (a command) and `files` (path to text); `--truth`
maps each id to the faulty lines of `file`. Without a data file the bugs of `localization_bugs.py` are taken.
The rank of a program is the best one of a statement that holds a faulty line; ties share the mean of their
ranks; a statement that is not ranked counts as missed. `--keep` stores what was observed in a folder and
takes it from there the next time, to compare rankings without running anything again.
"""

import argparse
import json
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goldseam.config import load
from goldseam.core.fault import Suspect
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.outcome import Declined
from goldseam.core.source import Snapshot
from goldseam.diagnose.localize import localize
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

TOPS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Bug:
    """A faulty program: `wrong` are the lines where it is wrong, by path; `suspects` may be edited."""

    name: str
    files: Mapping[str, str]
    suspects: tuple[str, ...]
    wrong: Mapping[str, frozenset[int]]
    test: str | None = None
    run: str | None = None
    expected: str | None = None
    group: str = ""


@dataclass(frozen=True)
class Seen:
    """What the product saw of a bug, in how many seconds; None if it saw no failure."""

    observation: Observation | None
    plain_seconds: float
    traced_seconds: float


def bugs_in(data: Path, truth: Path) -> Iterator[Bug]:
    lines = json.loads(truth.read_text())
    for line in data.read_text().splitlines():
        told = json.loads(line)
        name, path = told["id"], told["file"]
        yield Bug(name, told["files"], (path,), {path: frozenset(lines[name])}, test=told["test"])


def observed(bug: Bug, seconds: float, plugins: Plugins) -> Seen:
    """Reproduce and observe in a fresh folder."""
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        for path, text in bug.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        told = {"GOLDSEAM_LIMITS__COMMAND_SECONDS": str(seconds), "GOLDSEAM_ORACLE__RUNS": "1"}
        with assemble(root, load(root, told), Choice(remembers=False), plugins) as assembly:
            expected = None if bug.expected is None else bug.expected.encode()
            spec = OracleSpec(run=bug.run, test=bug.test, expected=expected)
            incident = Incident(bug.suspects[0], bug.suspects, "bench", spec)
            oracle = assembly.workshop.oracle_for(incident)
            snapshot = Snapshot({path: bug.files[path].encode() for path in bug.suspects})
            start = time.monotonic()
            verdict = oracle.reproduce(snapshot)
            middle = time.monotonic()
            if isinstance(verdict, Declined) or verdict.plausible:
                return Seen(None, middle - start, 0.0)
            seen = oracle.observe(snapshot)
            return Seen(seen, middle - start, time.monotonic() - middle)


def kept(bug: Bug, seconds: float, plugins: Plugins, folder: Path | None) -> Seen:
    place = folder / f"{bug.name}.pickle" if folder else None
    if place and place.exists():
        seen: Seen = pickle.loads(place.read_bytes())
        return seen
    seen = observed(bug, seconds, plugins)
    if place:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(seen))
    return seen


def rank(bug: Bug, ranked: Sequence[Suspect]) -> float | None:
    """The best rank of a faulty statement, ties at their mean."""
    scores = [round(suspect.suspiciousness, 9) for suspect in ranked]
    found = [
        sum(other > score for other in scores) + (scores.count(score) + 1) / 2
        for suspect, score in zip(ranked, scores, strict=True)
        if any(suspect.first <= line <= suspect.last for line in bug.wrong.get(suspect.path, ()))
    ]
    return min(found, default=None)


def by_coverage(ranked: Sequence[Suspect]) -> list[Suspect]:
    """The same statements ranked by Ochiai alone."""
    return [replace(suspect, suspiciousness=suspect.ochiai) for suspect in ranked]


def measured(bug: Bug, seen: Seen) -> dict[str, float | None]:
    sources = {path: bug.files[path].encode() for path in bug.suspects}
    ranked = localize(seen.observation, sources) if seen.observation else ()
    return {"coverage": rank(bug, by_coverage(ranked)), "with run evidence": rank(bug, ranked)}


def table(rows: Mapping[str, Sequence[Mapping[str, float | None]]]) -> dict[str, dict[str, list[int]]]:
    """For each group and ranking: how many bugs rank in the first 1, 3, 5 and 10, of how many."""
    told: dict[str, dict[str, list[int]]] = {}
    for group, found in rows.items():
        told[group] = {}
        for name in ("coverage", "with run evidence"):
            ranks = [one[name] for one in found]
            told[group][name] = [sum(r is not None and r <= top for r in ranks) for top in TOPS] + [
                len(ranks)
            ]
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="JSON lines; without it our own bugs")
    parser.add_argument("--truth", type=Path, help="JSON object: id to faulty lines")
    parser.add_argument("--seconds", type=float, default=15.0, help="wall time of one command")
    parser.add_argument("--keep", type=Path, help="folder for what was observed")
    parser.add_argument("--only", nargs="*", default=(), help="ids")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("VIRTUAL_ENV", sys.prefix)
    if given.data:
        bugs = list(bugs_in(given.data, given.truth))
    else:
        from localization_bugs import BUGS

        bugs = list(BUGS)
    plugins = Plugins()
    rows: dict[str, list[dict[str, float | None]]] = {}
    for bug in bugs:
        if given.only and bug.name not in given.only:
            continue
        seen = kept(bug, given.seconds, plugins, given.keep)
        found = measured(bug, seen)
        for group in dict.fromkeys(("all", bug.group or "all")):
            rows.setdefault(group, []).append(found)
        told = " ".join(f"{name} {value}" for name, value in found.items())
        times = f"{seen.plain_seconds:.1f} s plain, {seen.traced_seconds:.1f} s traced"
        print(f"{bug.name}: {told}; {times}", file=sys.stderr, flush=True)
    figures = table(rows)
    if given.json:
        print(json.dumps(figures))
        return 0
    print(f"{'':34}" + "".join(f"top {top:<5}" for top in TOPS) + "of")
    for group, rankings in figures.items():
        for name, counts in rankings.items():
            print(f"{group + ', ' + name:34}" + "".join(f"{count:<9}" for count in counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
