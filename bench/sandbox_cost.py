"""What a box costs: against plain Python, and by the size of the project.

    .venv/bin/python bench/sandbox_cost.py [--pairs 25] [--files 50000] [--json]

Pairs are interleaved, medians compared: only the ratios mean something on a busy machine.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits

PYTHON = [sys.executable, "-I", "-S", "-c", "pass"]


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def interleaved(pairs: int, *actions: Callable[[], object]) -> list[float]:
    """The median of each action, run in turn."""
    for action in actions:
        action()
    rounds = [[seconds(action) for action in actions] for _ in range(pairs)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def fill(project: Path, files: int) -> Path:
    for number in range(files):
        folder = project / "node_modules" / f"package{number // 20}"
        if number % 20 == 0:
            folder.mkdir(parents=True)
        (folder / f"{number}.js").write_text("module.exports = 1\n")
    (project / "main.py").write_text("print('hello')\n")
    return project


def measure(pairs: int, files: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        small, large = fill(Path(folder, "small"), 50), fill(Path(folder, "large"), files)
        with Bubblewrap(small, Limits()) as few, Bubblewrap(large, Limits()) as many:
            command = "exec " + " ".join(PYTHON)
            plain, boxed = interleaved(
                pairs, lambda: subprocess.run(PYTHON, check=True), lambda: few.run(Job(command))
            )
            job = Job(f"exec {sys.executable} -I -S main.py", overlay={"main.py": b"print('candidate')\n"})
            of_few, of_many = interleaved(pairs, lambda: few.run(job), lambda: many.run(job))
    return {
        "plain_ms": 1000 * plain,
        "boxed_ms": 1000 * boxed,
        "ratio": boxed / plain,
        "attempt_50_files_ms": 1000 * of_few,
        f"attempt_{files}_files_ms": 1000 * of_many,
        "size_ratio": of_many / of_few,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=25)
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    result = measure(asked.pairs, asked.files)
    if asked.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name:24} {value:8.2f}" for name, value in result.items()))


if __name__ == "__main__":
    main()
