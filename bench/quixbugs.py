"""How many of the 40 QuixBugs programs are healed: `make bench-quixbugs ARGS="--no-model --max-seconds 300"`.

The data (Lin, Koppel, Chen, Solar-Lezama 2017) is no part of the project: a file of JSON lines, each with
`id`, `file` (the faulty program), `test` (a command) and `files` (path to text). Its place is given by
`--data` or the environment variable `QUIXBUGS_DATA`, else it is looked for beside the repository. Each
program is laid into a folder of its own and given to the real `goldseam heal … --test … --json`. The data is
old and models may have seen it: what heals here need not heal elsewhere; quote `bench/ladder.py` beside it.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bare import use_bare_environment
from children import ended

VARIABLE = "QUIXBUGS_DATA"
BESIDE = Path(__file__).parents[2] / "shared" / "bench" / "quixbugs.jsonl"
GRACE_SECONDS = 120.0
BAR, BAR_SECONDS = 38, 3.0


@dataclass(frozen=True)
class Row:
    """What became of one program; `seconds` from reading the file to the verdict, `wall` with start-up."""

    name: str
    outcome: str
    reason: str | None
    rung: str | None
    seconds: float
    wall: float
    candidates: int
    tokens: int
    diff: str | None


def programs(data: Path, only: Sequence[str]) -> Iterator[dict[str, Any]]:
    for line in data.read_text("utf-8").splitlines():
        program = json.loads(line)
        if not only or program["id"] in only:
            yield program


def heal(program: dict[str, Any], options: Sequence[str], seconds: float) -> Row:
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        for path, text in program["files"].items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        words = [sys.executable, "-m", "goldseam", "heal", program["file"], "--test", program["test"]]
        end = ended([*words, "--json", *options], root, seconds + GRACE_SECONDS)
    try:
        result = json.loads(end.stdout)["results"][0]
    except (ValueError, LookupError):
        told = end.stderr.decode("utf-8", "replace").strip()[-300:]
        return Row(program["id"], "broken", told, None, end.seconds, end.seconds, 0, 0, None)
    return Row(
        program["id"],
        result["outcome"],
        result["reason"],
        result["rung"],
        result["seconds"],
        end.seconds,
        result["candidates"],
        sum(result["tokens"].values()),
        result["diff"],
    )


def summary(rows: Sequence[Row]) -> str:
    counts = Counter(row.outcome for row in rows)
    proven = [row for row in rows if row.outcome in ("healed", "held")]
    rungs = Counter(row.rung for row in proven)
    lines = [
        f"{len(proven)} of {len(rows)} proven: {dict(counts)}, by rung {dict(rungs)} (bar: {BAR} of 40)",
    ]
    if proven:
        median = statistics.median(row.seconds for row in proven)
        lines.append(
            f"seconds of the proven: median {median:.1f} (bar: {BAR_SECONDS}),"
            f" most {max(row.seconds for row in proven):.1f};"
            f" candidates median {statistics.median(row.candidates for row in proven):.0f};"
            f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get(VARIABLE, BESIDE)))
    parser.add_argument("--only", nargs="*", default=(), help="names")
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--rungs", help="only these rungs, by commas")
    parser.add_argument("--max-seconds", type=float, default=300.0, help="of each repair")
    parser.add_argument("--json", type=Path, metavar="FILE", help="append the raw rows, one a line")
    given = parser.parse_args()
    if not given.data.is_file():
        print(f"no data at {given.data}: name it by --data or {VARIABLE}; nothing was measured")
        return 0
    use_bare_environment()
    options = ["--max-seconds", str(given.max_seconds)]
    options += ["--no-model"] if given.no_model else []
    options += ["--rungs", given.rungs] if given.rungs else []
    rows = []
    with Path(given.json or os.devnull).open("a") as file:
        for program in programs(given.data, given.only):
            row = heal(program, options, given.max_seconds)
            rows.append(row)
            print(json.dumps(asdict(row)), file=file, flush=True)
            spent = f"{row.candidates} candidates, {row.seconds:.1f} s"
            print(f"{row.name}: {row.outcome} {row.reason or row.rung or ''} ({spent})", flush=True)
    print(summary(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
