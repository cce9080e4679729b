"""How fast candidates are screened: `make bench-screening`. A function with ten tests, in a box.

Python's tests run under pytest, those of PHP (`php ...`) under PHPUnit.

The same batch is run at two sizes; the difference of candidates over the difference of time on the processor
is the rate per core, without the start of the runner and collection. Told beside it: the rate with all, the
same by wall time, and what candidates cost that cannot be tried by exchanging code (`alone`), whose tests use
fixtures (`fixtures`), or that are scripts (`script`).
"""

import argparse
import itertools
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from goldseam.config import load
from goldseam.core.candidate import Candidate
from goldseam.core.language import Language
from goldseam.core.observation import Ended, Run, TestOutcome, TestResult
from goldseam.core.ports import Sandbox
from goldseam.core.source import Edit, Patch, Span
from goldseam.languages.javascript import JAVASCRIPT
from goldseam.languages.php import PHP
from goldseam.languages.python import PYTHON
from goldseam.verify.screening import RUN, TEST, Batch, screening_job
from goldseam.wiring import WORKERS, open_sandbox

BARS = {"exchanged": 3_000, "php exchanged": 800, "node exchanged": 8_000}
PROGRAM = """def total(prices, counts, discount):
    result = 0
    for price, count in zip(prices, counts):
        if count > 1:
            result += price * count
        elif count == 1:
            result += price
    if discount > 10:
        result -= result * discount / 100
    return result


LIMIT = 10 + 0
"""
SCRIPT = PROGRAM + "\n\nprint(total([1, 2], [1, 3], 0))\nprint(total([10], [1], 10) + LIMIT)\n"
ROWS = (
    "[1], [1], 0, 1",
    "[1, 2], [1, 1], 0, 3",
    "[1, 2], [2, 1], 0, 4",
    "[], [], 0, 0",
    "[5], [3], 0, 15",
    "[10], [1], 10, 9",
    "[10, 10], [1, 4], 20, 40",
    "[10], [0], 20, 0",
    "[100], [1], 50, 50",
    "[8], [1], 9, 8",
)
TESTS = (
    "import pytest\nfrom shop import total\n\n"
    "@pytest.mark.parametrize('prices, counts, discount, expected', [\n{rows}])\n"
    "def test_total(prices, counts, discount, expected{more}):\n"
    "    assert total(prices, counts, discount) == expected\n"
)
PHP_PROGRAM = """<?php
const LIMIT = 10 + 0;

function total(array $prices, array $counts, int $discount)
{
    $result = 0;
    foreach ($prices as $i => $price) {
        if ($counts[$i] > 1) {
            $result += $price * $counts[$i];
        } elseif ($counts[$i] == 1) {
            $result += $price;
        }
    }
    if ($discount > 10) {
        $result -= $result * $discount / 100;
    }
    return $result;
}
"""
PHP_SCRIPT = PHP_PROGRAM + "\necho total([1, 2], [1, 3], 0), total([10], [1], 10) + LIMIT;\n"
PHP_TESTS = """<?php
require_once __DIR__ . '/shop.php';

final class ShopTest extends PHPUnit\\Framework\\TestCase
{{
    public static function rows(): array
    {{
        return [[{rows}]];
    }}

    /** @dataProvider rows */
    public function testTotal(array $prices, array $counts, int $discount, int $expected): void
    {{
        $this->assertEquals($expected, total($prices, $counts, $discount));
    }}
}}
"""
NODE_PROGRAM = """function total(prices, counts, discount) {
  let result = 0;
  for (const [at, price] of prices.entries()) {
    if (counts[at] > 1) {
      result += price * counts[at];
    } else if (counts[at] === 1) {
      result += price;
    }
  }
  if (discount > 10) {
    result -= (result * discount) / 100;
  }
  return result;
}
const LIMIT = 10 + 0;
"""
NODE_TESTS = """
for (const [at, [prices, counts, discount, expected]] of [
{rows}].entries()) {{
  test(`row ${{at}}`, () => assert.strictEqual(total(prices, counts, discount), expected));
}}
"""
NODE_HEAD = """const test = require('node:test');
const assert = require('node:assert');
const {{ total }} = require('./{name}');
"""
MODULE_HEAD = """import test from 'node:test';
import assert from 'node:assert';
import {{ total }} from './{name}';
"""
_TOKEN = re.compile(rb"(?<![\w.])\d+(?![\w.])|===?|(?<![=-])[<>+*/-]=?")
_CLOCK = re.compile(rb"(\d+)m([\d.]+)s")
OTHERS = {
    b"==": [b"!=", b">=", b"<="],
    b"===": [b"!==", b">=", b"<="],
    b">": [b">=", b"<", b"<="],
    b"+=": [b"-=", b"*="],
    b"-=": [b"+=", b"*="],
    b"*": [b"+", b"-"],
    b"/": [b"*", b"%"],
}


@dataclass(frozen=True)
class Figure:
    """Time of one job."""

    candidates: int
    screened: int
    wall: float
    cpu: float


def mutants(data: bytes, end: int) -> Iterator[Edit]:
    """Other operators and numbers before byte `end`, over and over."""
    places = list(_TOKEN.finditer(data, 0, end))
    for step in itertools.count(1):
        for found in places:
            text = found[0]
            numbers = [str(int(text) + step).encode()] if text.isdigit() else []
            for other in (*numbers, *OTHERS.get(text, ())):
                yield Edit(Span(*found.span()), other)


def figure(sandbox: Sandbox, language: Language, batch: Batch) -> Figure:
    job = screening_job(batch, language, WORKERS, 110.0)
    assert job is not None
    run = sandbox.run(job)
    told = Counter(json.loads(line)["is"] for line in (run.report or b"").splitlines())
    return Figure(len(batch.candidates), told["screened"] + told["ran"], run.seconds, cpu_seconds(run))


def cpu_seconds(run: Run) -> float:
    """User and system time of the children, which the shell's `times` prints last; 0 if it is not there."""
    lines = run.stdout.strip().splitlines()
    found = _CLOCK.findall(lines[-1]) if lines else []
    return sum(60 * int(minutes) + float(seconds) for minutes, seconds in found)


def measured(
    sandbox: Sandbox, batch: Batch, sizes: tuple[int, int], language: Language = PYTHON
) -> tuple[Figure, Figure]:
    """The batch at two sizes."""
    few, many = (
        figure(
            sandbox,
            language,
            Batch(batch.mode, batch.plain, batch.path, batch.candidates[:size], {}, batch.tests),
        )
        for size in sizes
    )
    return few, many


def candidates(data: bytes, end: int, count: int, path: str = "shop.py", start: int = 0) -> list[Candidate]:
    edits = (edit for edit in mutants(data, end) if edit.span.start >= start)
    return [
        Candidate(Patch({path: (edit,)}), "bench", "mutation", "") for edit in itertools.islice(edits, count)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=3_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rows = "".join(f"    ({row}),\n" for row in ROWS)
    program = PROGRAM.encode()
    body = program.index(b"LIMIT")
    figures = {}
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        (root / "shop.py").write_bytes(program)
        (root / "test_shop.py").write_text(TESTS.format(rows=rows, more=""))
        (root / "test_fixture.py").write_text(TESTS.format(rows=rows, more=", tmp_path"))
        (root / "script.py").write_text(SCRIPT)
        few, many = given.candidates // 10, given.candidates
        with open_sandbox(root, load(root)) as sandbox:
            for name, file, edits, sizes in (
                ("exchanged", "test_shop.py", candidates(program, body, many), (few, many)),
                ("fixtures", "test_fixture.py", candidates(program, body, 200), (50, 200)),
                ("alone", "test_shop.py", alone(program, body, 20), (5, 20)),
            ):
                plain = Run(f"python3 -m pytest -q {file}; times", 1, Ended.EXITED, b"", b"", 1.0)
                module = file.removesuffix(".py")
                told = {f"{module}::test_total[{name}]": result for name, result in results().items()}
                figures[name] = measured(sandbox, Batch(TEST, plain, "shop.py", edits, {}, told), sizes)
            plain = Run("python3 script.py", 0, Ended.EXITED, b"", b"", 0.2)
            edits = [
                Candidate(Patch({"script.py": (edit,)}), "bench", "mutation", "")
                for edit in itertools.islice(mutants(SCRIPT.encode(), body), 50)
            ]
            figures["script"] = measured(sandbox, Batch(RUN, plain, "script.py", edits, {}, {}), (10, 50))
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        figures |= node_figures(Path(folder).resolve(), given.candidates)
    if shutil.which("phpunit"):
        with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
            figures |= php_figures(Path(folder).resolve(), given.candidates)
    return shown(figures, as_json=given.json)


def php_figures(root: Path, many: int) -> dict[str, tuple[Figure, Figure]]:
    """The same for PHP; there is no such thing as a fixture."""
    program, script = PHP_PROGRAM.encode(), PHP_SCRIPT.encode()
    (root / "shop.php").write_bytes(program)
    (root / "script.php").write_bytes(script)
    (root / "ShopTest.php").write_text(PHP_TESTS.format(rows="], [".join(ROWS)))
    suite = "ShopTest::ShopTest::testTotal::testTotal with data set #"
    told = {f"{suite}{number}": result for number, result in enumerate(results().values())}
    body = program.index(b"{")
    found = {}
    with open_sandbox(root, load(root)) as sandbox:
        plain = Run("phpunit ShopTest.php; times", 1, Ended.EXITED, b"", b"", 1.0)
        for name, edits, sizes in (
            ("php exchanged", candidates(program, len(program), many, "shop.php", body), (many // 10, many)),
            ("php alone", alone(program, 0, 20, "shop.php"), (5, 20)),
        ):
            found[name] = measured(sandbox, Batch(TEST, plain, "shop.php", edits, {}, told), sizes, PHP)
        plain = Run("php script.php", 0, Ended.EXITED, b"", b"", 0.2)
        edits = candidates(script, len(program), 50, "script.php", body)
        found["php script"] = measured(sandbox, Batch(RUN, plain, "script.php", edits, {}, {}), (10, 50), PHP)
    return found


def node_figures(root: Path, count: int) -> dict[str, tuple[Figure, Figure]]:
    """The same function and tests in both kinds of module; numbers outside of functions; a script."""
    rows = "".join(f"  [{row}],\n" for row in ROWS)
    figures = {}
    for name, head, give in (
        ("shop.js", NODE_HEAD, "module.exports = { total };\n"),
        ("shop.mjs", MODULE_HEAD, "export { total };\n"),
    ):
        (root / name).write_text(NODE_PROGRAM + give)
        (root / name.replace("shop", "shop.test")).write_text(
            head.format(name=name) + NODE_TESTS.format(rows=rows)
        )
    (root / "main.js").write_text("console.log(require('./shop.js').total([1], [1], 0));\n")
    data = NODE_PROGRAM.encode()
    body = data.index(b"const LIMIT")
    tests = {f"test::row {number}": one for number, one in enumerate(results().values())}
    with open_sandbox(root, load(root)) as sandbox:
        for kind, name, edits, sizes in (
            ("exchanged", "shop.js", candidates(data, body, count, "shop.js"), (count // 10, count)),
            ("modules", "shop.mjs", candidates(data, body, count, "shop.mjs"), (count // 10, count)),
            ("outside", "shop.js", alone(data, body, 1_000, "shop.js"), (100, 1_000)),
        ):
            command = f"node --test {name.replace('shop', 'shop.test')}; times"
            plain = Run(command, 1, Ended.EXITED, b"", b"", 0.2)
            batch = Batch(TEST, plain, name, edits, {}, tests)
            figures[f"node {kind}"] = measured(sandbox, batch, sizes, JAVASCRIPT)
        plain = Run("node main.js; times", 0, Ended.EXITED, b"", b"", 0.2)
        batch = Batch(RUN, plain, "shop.js", candidates(data, body, 50, "shop.js"), {}, {})
        figures["node script"] = measured(sandbox, batch, (10, 50), JAVASCRIPT)
    return figures


def alone(data: bytes, start: int, count: int, path: str = "shop.py") -> list[Candidate]:
    """Changes of the number behind `LIMIT`, which is outside of functions."""
    at = data.index(b"10", start)
    return [
        Candidate(Patch({path: (Edit(Span(at, at + 2), str(number).encode()),)}), "bench", "mutation", "")
        for number in range(count)
    ]


def results() -> dict[str, TestResult]:
    """By the ids that pytest gives the rows."""
    found = {}
    for number, row in enumerate(ROWS):
        *_, discount, expected = row.split(", ")
        outcome = TestOutcome.FAILED if number == 5 else TestOutcome.PASSED
        found[f"prices{number}-counts{number}-{discount}-{expected}"] = TestResult(outcome, 0.001)
    return found


def shown(figures: dict[str, tuple[Figure, Figure]], *, as_json: bool) -> int:
    rows = {name: row(few, many) for name, (few, many) in figures.items()}
    if as_json:
        print(json.dumps(rows))
        return 0
    for name, told in rows.items():
        print(f"{name}: " + "; ".join(f"{key} {value:,.0f}" for key, value in told.items()))
    for name, bar in BARS.items():
        if name in rows:
            kept = rows[name]["a second a core"] >= bar
            print(f"bar of {name}, {bar:,}: {'kept' if kept else 'missed'}")
    return 0


def row(few: Figure, many: Figure) -> dict[str, float]:
    more = many.candidates - few.candidates
    return {
        "candidates": many.candidates,
        "screened": many.screened,
        "a second a core": more / (many.cpu - few.cpu) if many.cpu > few.cpu else 0.0,
        "with the start of the runner": many.candidates / many.cpu if many.cpu else 0.0,
        "a second of wall time": more / max(many.wall - few.wall, 1e-9),
    }


if __name__ == "__main__":
    sys.exit(main())
