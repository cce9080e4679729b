"""One-function bugs healed by a model's rungs alone: `make bench-model-rungs ARGS="--rungs infill"`.

Every bug goes through the real command line, in a project of its own: `goldseam heal … --rungs … --json`.
Reported: healed, by which rung, seconds from reading the file to the verdict, tokens read and written,
attempts; the documented and the undocumented half apart. Exit code 0 always: this measures.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from model_bugs import BUGS, Bug

SUFFIX = {"python": ".py", "javascript": ".js"}


def healed(bug: Bug, rungs: str, seconds: float) -> dict[str, Any]:
    """The result of one `heal`, as its document tells it."""
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as name:
        folder = Path(name)
        suffix = SUFFIX[bug.language]
        (folder / f"{bug.name}{suffix}").write_text(bug.source)
        tests = f"test_{bug.name}{suffix}"
        (folder / tests).write_text(bug.tests)
        test = f"python3 -m pytest -q {tests}" if bug.language == "python" else f"node --test {tests}"
        command = [sys.executable, "-m", "goldseam", "heal", f"{bug.name}{suffix}", "--test", test, "--json"]
        command += ["--rungs", rungs, "--dry-run"]
        if seconds:
            command += ["--max-seconds", str(seconds)]
        ended = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "VIRTUAL_ENV": sys.prefix},
            capture_output=True,
            text=True,
            timeout=1200,
        )
    document = json.loads(ended.stdout)
    if not document["results"]:
        raise SystemExit(f"{bug.name}: {ended.stdout}{ended.stderr}")
    return {**document["results"][0], "log": ended.stderr}


def line(bug: Bug, result: dict[str, Any]) -> str:
    tokens = result["tokens"]
    return (
        f"{bug.name:12} {result['outcome']:9} {result['rung'] or '-':17} {result['seconds']:6.1f} s"
        f" {tokens['prompt']:6} read {tokens['completion']:5} written {result['attempts']:3} attempts"
    )


def summary(title: str, rows: Sequence[tuple[Bug, dict[str, Any]]]) -> str:
    if not rows:
        return f"{title}: none"
    good = [result for _, result in rows if result["outcome"] in {"proposed", "healed", "held"}]
    every = [result for _, result in rows]
    seconds = [result["seconds"] for result in good] or [0.0]
    read = statistics.mean(result["tokens"]["prompt"] for result in every)
    written = statistics.mean(result["tokens"]["completion"] for result in every)
    rungs = ", ".join(f"{rung} {count}" for rung, count in Counter(r["rung"] for r in good).items())
    return (
        f"{title}: {len(good)} of {len(rows)} healed ({rungs or 'none'}); seconds of the healed: median"
        f" {statistics.median(seconds):.1f}, most {max(seconds):.1f}; of all:"
        f" {sum(r['seconds'] for r in every):.0f}; tokens a bug: {read:.0f} read, {written:.0f} written"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rungs", default="infill,rewrite_function")
    parser.add_argument("--only", default="", help="names of bugs, by commas")
    parser.add_argument("--max-seconds", type=float, default=0.0, help="0: the default budget")
    parser.add_argument("--logs", type=Path, help="a folder for what each heal printed")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    wanted = set(filter(None, given.only.split(",")))
    rows = []
    for bug in (bug for bug in BUGS if not wanted or bug.name in wanted):
        result = healed(bug, given.rungs, given.max_seconds)
        if given.logs:
            (given.logs / f"{bug.name}.log").write_text(result["log"] + str(result["diff"]))
        rows.append((bug, result))
        print(line(bug, result), file=sys.stderr, flush=True)
    if given.json:
        print(json.dumps([{"name": bug.name, **result} for bug, result in rows], indent=1))
        return
    print(summary("all", rows))
    for language in SUFFIX:
        print(summary(language, [row for row in rows if row[0].language == language]))
    print(summary("documented", [row for row in rows if row[0].documented]))
    print(summary("undocumented", [row for row in rows if not row[0].documented]))


if __name__ == "__main__":
    main()
