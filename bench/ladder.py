"""How many of our own bugs are healed, by which rung, how many wrongly: `make bench-ladder ARGS=--no-model`.

Each bug is copied into a folder of its own and given to the real `goldseam heal … --json`; what was landed or
held is then judged by held-back tests that the solver never saw. A repair that fails them is a false heal.
`--check` runs no repair: it says whether every bug is red as it is and green once mended.

    python bench/ladder.py --set bugs --language python --no-model --rungs mutation --json rows.jsonl
    python bench/ladder.py --set cases --check

Memory is that of the largest process of a repair; a model server that outlives its repair is not in it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bare import use_bare_environment
from bug_sets import LANGUAGES, SETS, BrokenBug, Bug, bugs_of, lay_out, passes_held_back, unseen, wrongs
from children import ended

GRACE_SECONDS = 300.0
"""What a repair may take beyond its own limit: starting the model, reproducing, landing."""


@dataclass(frozen=True)
class Row:
    """What became of one bug. `right` is what the held-back tests say of a repair, None without one."""

    name: str
    language: str
    kind: str
    documented: bool
    faults: int
    outcome: str
    reason: str | None
    right: bool | None
    rung: str | None
    fixer: str | None
    candidates: int
    tokens: int
    seconds: float
    wall_seconds: float
    memory_mib: int
    diff: str | None


def heal(bug: Bug, options: Sequence[str], seconds: float) -> Row:
    """Run the command line on a copy, and judge what it left there or holds."""
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        lay_out(bug, bug.files, root)
        paths = bug.programs if len(bug.programs) == 1 else (".",)
        words = [sys.executable, "-m", "goldseam", "heal", *paths, *bug.oracle, "--json", *options]
        end = ended(words, root, seconds + GRACE_SECONDS)
        results = _results(end.stdout)
        told = _told(results, end.code)
        diff = "".join(result["diff"] or "" for result in results)
        right = None
        if told["outcome"] in ("healed", "held", "proposed"):
            if told["outcome"] != "healed":
                _patch(root, diff)
            right = passes_held_back(bug, {path: (root / path).read_bytes() for path in bug.files})
    return Row(
        bug.name,
        bug.language,
        bug.kind,
        bug.documented,
        len(bug.fixes),
        right=right,
        wall_seconds=round(end.seconds, 1),
        memory_mib=end.memory_mib,
        diff=diff or None,
        **told,
    )


def _results(printed: bytes) -> list[dict[str, Any]]:
    try:
        results: list[dict[str, Any]] = json.loads(printed)["results"]
    except (ValueError, KeyError):
        return []
    return results


def _told(results: Sequence[dict[str, Any]], code: int) -> dict[str, Any]:
    """One outcome of all results: as good as the worst of them."""
    worst_first = ("unhealed", "declined", "proposed", "held", "healed", "clean")
    ordered = sorted(results, key=lambda one: worst_first.index(one["outcome"]))
    last = next((one for one in reversed(results) if one["rung"]), None)
    return {
        "outcome": ordered[0]["outcome"] if ordered else f"exit {code}",
        "reason": ordered[0]["reason"] if ordered else None,
        "rung": last and last["rung"],
        "fixer": last and last["fixer"],
        "candidates": sum(one["candidates"] for one in results),
        "tokens": sum(sum(one["tokens"].values()) for one in results),
        "seconds": round(sum(one["seconds"] for one in results), 2),
    }


def _patch(root: Path, diff: str) -> None:
    subprocess.run(["patch", "-p1", "-s"], cwd=root, input=diff.encode(), check=True, timeout=30)


def table(rows: Sequence[Row]) -> str:
    """Shares of all, and split by language and by whether the functions say what they should do."""
    groups: list[tuple[str, Callable[[Row], bool]]] = [("all", lambda row: True)]
    for name in dict.fromkeys(row.language for row in rows):
        groups.append((name, lambda row, name=name: row.language == name))  # type: ignore[misc]
    groups += [("docstring", lambda row: row.documented), ("no docstring", lambda row: not row.documented)]
    groups += [("one fix", lambda row: row.faults == 1), ("several fixes", lambda row: row.faults > 1)]
    head = (
        f"{'':14}{'of':>5}{'healed':>8}{'held':>6}{'right':>7}{'false':>7}{'tried':>8}{'s':>8}{'tokens':>8}"
    )
    lines = [head, *(_line(name, found) for name, of in groups if (found := [r for r in rows if of(r)]))]
    shares = Counter(row.rung for row in rows if row.right is not None and row.rung)
    lines.append("rungs: " + ", ".join(f"{rung} {count}" for rung, count in shares.most_common()))
    others = Counter(f"{row.outcome} {row.reason or ''}".strip() for row in rows if row.right is None)
    lines.append("others: " + ", ".join(f"{name} {count}" for name, count in others.most_common()))
    lines.append(f"largest process: {max((row.memory_mib for row in rows), default=0)} MiB")
    return "\n".join(lines)


def _line(name: str, rows: Sequence[Row]) -> str:
    repaired = [row for row in rows if row.right is not None]
    counts = (
        len(rows),
        sum(row.outcome == "healed" for row in rows),
        sum(row.outcome in ("held", "proposed") for row in rows),
        sum(row.right is True for row in rows),
        sum(row.right is False and row.outcome == "healed" for row in rows),
    )
    medians = [
        statistics.median([getattr(row, name) for row in repaired] or [0])
        for name in ("candidates", "seconds", "tokens")
    ]
    shown = "".join(f"{count:>{width}}" for count, width in zip(counts, (5, 8, 6, 7, 7), strict=True))
    return f"{name:14}{shown}{medians[0]:>8.0f}{medians[1]:>8.1f}{medians[2]:>8.0f}"


def check(bugs: Sequence[Bug], jobs: int) -> int:
    """Print what is wrong with each bug; how many are no bugs."""
    bad = 0
    with ThreadPoolExecutor(jobs) as pool:
        for bug, found in zip(bugs, pool.map(_wrongs, bugs), strict=True):
            places = "; ".join(f"{path} {list(lines)}" for path, lines in bug.lines.items())
            print(f"{bug.language}/{bug.name}: {', '.join(found) or f'is a bug: {places}'}", flush=True)
            bad += bool(found)
    print(f"{len(bugs) - bad} of {len(bugs)} are red as they are and green once mended")
    return bad


def _wrongs(bug: Bug) -> list[str]:
    try:
        return wrongs(bug) or [f"only held-back tests see {fix.old!r}" for fix in unseen(bug)]
    except BrokenBug as error:
        return [str(error)]


def healed(bugs: Sequence[Bug], options: Sequence[str], seconds: float, jobs: int) -> Iterator[Row]:
    """The rows in the order of the bugs, each as soon as it and those before it are there."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda bug: heal(bug, options, seconds), bugs)


def write(rows: Iterator[Row], path: Path | None) -> list[Row]:
    """Print each row as it comes, and write it as a line of JSON where a file is named."""
    kept = []
    with (path or Path(os.devnull)).open("a") as file:
        for row in rows:
            kept.append(row)
            print(json.dumps(asdict(row)), file=file, flush=True)
            verdict = {True: "right", False: "FALSE", None: row.reason or ""}[row.right]
            spent = f"{row.candidates} candidates, {row.tokens} tokens, {row.seconds:.1f} s"
            print(
                f"{row.language}/{row.name}: {row.outcome} {verdict} {row.rung or ''} ({spent})", flush=True
            )
    return kept


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `judge` needs to know."""
    parser.add_argument("--check", action="store_true", help="validate the bugs, repair nothing")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--rungs", help="only these rungs, by commas")
    parser.add_argument("--max-seconds", type=float, default=300.0, help="of each repair")
    parser.add_argument("--jobs", type=int, default=1, help="repairs at once")
    parser.add_argument("--json", type=Path, metavar="FILE", help="append the raw rows, one a line")


def judge(bugs: Sequence[Bug], given: argparse.Namespace) -> int:
    """Validate or heal all bugs, as the options say, and print what came of it; the exit code."""
    if given.check:
        return int(bool(check(bugs, given.jobs)))
    options = ["--max-seconds", str(given.max_seconds)]
    options += ["--no-model"] if given.no_model else []
    options += ["--rungs", given.rungs] if given.rungs else []
    rows = write(healed(bugs, options, given.max_seconds, given.jobs), given.json)
    print(table(rows))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, default="bugs", dest="name")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--only", nargs="*", default=(), help="names")
    add_options(parser)
    given = parser.parse_args()
    use_bare_environment()
    bugs = [
        bug
        for bug in bugs_of(given.name)
        if given.language in (None, bug.language) and (not given.only or bug.name in given.only)
    ]
    return judge(bugs, given)


if __name__ == "__main__":
    sys.exit(main())
