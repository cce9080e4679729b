"""Test runners of PHP and JavaScript in a box: results by test id, with no word added to the command."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fetched import fetched
from goldseam.config import load
from goldseam.core.candidate import Verdict
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

pytestmark = pytest.mark.sandbox
RUNNERS = Path(__file__).parent.parent / "corpus" / "runners"

CART = """<?php

class Cart
{
    public function total(array $prices): int
    {
        return -array_sum($prices);
    }

    public function first(array $prices): int
    {
        return $prices[0];
    }
}
"""
CART_TEST = """<?php

require_once __DIR__ . '/Cart.php';

use PHPUnit\\Framework\\TestCase;

final class CartTest extends TestCase
{
    public function testTotal(): void
    {
        $this->assertSame(4, (new Cart())->total([3, 1]));
    }

    public function testFirst(): void
    {
        $this->assertSame(3, (new Cart())->first([3, 1]));
    }

    public function testNone(): void
    {
        (new Cart())->first([]);
    }
}
"""
SUM = "module.exports = { sum: (a, b) => a - b, first: (list) => list[0].name };\n"
SUM_TEST = """const { sum, first } = require('./sum');
describe('sum', () => {
  test('adds', () => expect(sum(1, 2)).toBe(3));
  test('stays', () => expect(sum(1, 0)).toBe(1));
  test('reads', () => first([]));
});
"""
MODULE = "export const sum = (a, b) => a - b;\nexport const first = (list) => list[0].name;\n"
MODULE_TEST = """import { expect, test } from 'vitest';
import { first, sum } from './total.mjs';

test('adds', () => expect(sum(1, 2)).toBe(3));
test('stays', () => expect(sum(1, 0)).toBe(1));
test('reads', () => first([]));
"""

Seen = Callable[[Path, str, str], Verdict]


@pytest.fixture
def judged() -> Iterator[Seen]:
    """The verdict on a file of a folder by a test command."""

    def judge(root: Path, path: str, command: str) -> Verdict:
        config = load(root, {"GOLDSEAM_ORACLE__RUNS": "1", "GOLDSEAM_LIMITS__COMMAND_SECONDS": "60"})
        with assemble(root, config, Choice(remembers=False), Plugins()) as assembly:
            oracle = assembly.workshop.oracle_for(Incident(path, (path,), "x", OracleSpec(test=command)))
            verdict = oracle.reproduce(Snapshot({path: (root / path).read_bytes()}))
        assert isinstance(verdict, Verdict), verdict
        return verdict

    return judge


def outcomes(seen: Observation) -> dict[str, str]:
    return {name: str(result.outcome) for name, result in seen.tests.items()}


def places(seen: Observation) -> set[tuple[str, int]]:
    return {(frame.path, frame.line) for failure in seen.failures for frame in failure.frames}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shop").resolve()
    (root / "Cart.php").write_text(CART)
    (root / "CartTest.php").write_text(CART_TEST)
    return root


needs_phpunit = pytest.mark.skipif(
    not shutil.which("phpunit"), reason="PHPUnit is not installed: its report is NOT tested"
)


@needs_phpunit
def test_phpunit(shop: Path, judged: Seen) -> None:
    verdict = judged(shop, "Cart.php", "phpunit CartTest.php")
    assert not verdict.plausible
    assert verdict.cautions == ()
    assert outcomes(verdict.observation) == {
        "CartTest::testTotal": "failed",
        "CartTest::testFirst": "passed",
        "CartTest::testNone": "failed",
    }
    assert {("CartTest.php", 11), ("Cart.php", 12)} <= places(verdict.observation)


@needs_phpunit
def test_a_report_that_the_command_asks_for_is_left_alone(shop: Path, judged: Seen) -> None:
    command = "phpunit --log-junit own.xml CartTest.php; code=$?; test -s own.xml && exit $code; exit 9"
    verdict = judged(shop, "Cart.php", command)
    assert verdict.observation.test_run is not None
    assert verdict.observation.test_run.exit_code in (1, 2)
    assert outcomes(verdict.observation) == {}


def test_another_program_of_php_keeps_its_arguments(tmp_path: Path, judged: Seen) -> None:
    if not shutil.which("php"):
        pytest.skip("PHP is not installed: its programs are NOT tested")
    (tmp_path / "check.php").write_text("<?php exit(count($argv) === 2 && $argc === 2 ? 0 : 1);")
    assert judged(tmp_path.resolve(), "check.php", "php check.php one").plausible


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    packages = fetched(RUNNERS, "test-runners")
    if packages is None:
        pytest.skip("jest and vitest are not here: their reports are NOT tested")
    root = tmp_path_factory.mktemp("web").resolve()
    shutil.copytree(packages, root / "node_modules", symlinks=True)
    for name, text in {
        "package.json": '{"name": "web"}\n',
        "sum.js": SUM,
        "sum.test.js": SUM_TEST,
        "total.mjs": MODULE,
        "total.test.mjs": MODULE_TEST,
    }.items():
        (root / name).write_text(text)
    return root


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_jest(web: Path, judged: Seen) -> None:
    seen = judged(web, "sum.js", "npx jest").observation
    assert outcomes(seen) == {
        "sum.test.js::sum > adds": "failed",
        "sum.test.js::sum > stays": "passed",
        "sum.test.js::sum > reads": "failed",
    }
    assert {("sum.test.js", 3), ("sum.js", 1)} <= places(seen)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_vitest(web: Path, judged: Seen) -> None:
    seen = judged(web, "total.mjs", "npx vitest run total").observation
    assert sorted(outcomes(seen).values()) == ["failed", "failed", "passed"]
    assert {("total.test.mjs", 4), ("total.mjs", 2)} <= places(seen)
