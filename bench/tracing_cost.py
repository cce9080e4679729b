"""What tracing costs: `make bench-tracing-cost`. A run of 100 quick tests with tracers against one without.

Plain and traced runs of the same command take turns in boxes; told are medians of wall time and of the time
on the processor, and how many lines were told.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from goldseam.config import load
from goldseam.core.observation import Ended, Run
from goldseam.core.ports import Job
from goldseam.plugins import Plugins
from goldseam.verify.traced import traced_job
from goldseam.verify.tracing import read
from goldseam.wiring import WORKERS, open_sandbox

PYTHON = "def work(n):\n    total = 0\n    for i in range(n):\n        total += i * i\n    return total\n"
PYTHON_TEST = (
    "import pytest\nimport work\n\n@pytest.mark.parametrize('n', range(100))\n"
    "def test_work(n):\n    assert work.work(n * 10) >= 0\n"
)
NODE = (
    "module.exports = (n) => {\n  let total = 0;\n  for (let i = 0; i < n; i += 1) {\n    total += i;\n  }\n"
)
NODE += "  return total;\n};\n"
NODE_TEST = (
    "const test = require('node:test');\nconst work = require('./work.js');\n"
    "for (let n = 0; n < 100; n += 1) {\n  test('n' + n, () => {\n    work(n * 10);\n  });\n}\n"
)
LOOP = "total = 0\nfor i in range(3_000_000):\n    total += i\n"
CASES = {
    "pytest, 100 tests": ("python3 -m pytest -q test_work.py", "work.py"),
    "node:test, 100 tests": ("node --test work.test.js", "work.js"),
    "python, 6 million lines": ("python3 loop.py", "loop.py"),
}
_CLOCK = re.compile(rb"(\d+)m([\d.]+)s")


def cpu_seconds(run: Run) -> float:
    """User and system time of the children, which the shell's `times` prints last."""
    last = run.stdout.strip().splitlines()[-1]
    return sum(60 * int(minutes) + float(seconds) for minutes, seconds in _CLOCK.findall(last))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    languages = Plugins().languages()
    figures = {}
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        files = {"work.py": PYTHON, "test_work.py": PYTHON_TEST, "work.js": NODE, "loop.py": LOOP}
        for name, text in {**files, "work.test.js": NODE_TEST}.items():
            (root / name).write_text(text)
        with open_sandbox(root, load(root)) as sandbox:
            for name, (command, path) in CASES.items():
                plain = Job(f"{command}; times", seconds=120)
                ended = Run(plain.command, 0, Ended.EXITED, b"", b"", 0.0)
                traced = traced_job(ended.command, path, languages, WORKERS, 120.0)
                assert traced is not None
                pairs = [(sandbox.run(plain), sandbox.run(replace(traced))) for _ in range(given.runs)]
                told = read(pairs[-1][1].report, str)
                figures[name] = {
                    "plain s": statistics.median(run.seconds for run, _ in pairs),
                    "traced s": statistics.median(run.seconds for _, run in pairs),
                    "plain cpu s": statistics.median(cpu_seconds(run) for run, _ in pairs),
                    "traced cpu s": statistics.median(cpu_seconds(run) for _, run in pairs),
                    "tests with lines": float(len([test for test in told.lines if test])),
                }
    if given.json:
        print(json.dumps(figures))
        return 0
    for name, row in figures.items():
        ratio = row["traced cpu s"] / row["plain cpu s"]
        print(f"{name}: cpu x {ratio:.2f}; " + "; ".join(f"{key} {value:.2f}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
