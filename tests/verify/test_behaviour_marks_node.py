"""What promising candidates do with other inputs, in programs of Node, in the real box."""

import shutil
from pathlib import Path

import pytest

from fetched import fetched
from goldseam.core.candidate import Candidate, Mark, Screening
from goldseam.core.source import Patch
from goldseam.verify.consensus import supports
from screening_bench import Open, bench

__all__ = ["bench"]

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not here"),
]

MEDIAN = """
    function median(values) {
      const ordered = [...values].sort((a, b) => a - b);
      const middle = Math.floor(ordered.length / 2);
      if (ordered.length % 2 === 0) return ordered[middle];
      return (ordered[middle - 1] + ordered[middle]) / 2;
    }
    KEPT
"""
MEDIAN_TEST = """
    BROUGHT
    test('odd', () => { assert.equal(median([1, 2, 3]), 2); });
    test('even', () => { assert.equal(median([4, 1]), 2.5); assert.equal(median([1, 2, 3, 4]), 2.5); });
"""
COMMON = """
    const test = require('node:test');
    const assert = require('node:assert');
"""


def tried(bench: Open, source: str, test: str, old: str, *new: str) -> list[Screening]:
    opened = bench({"job.js": source, "job.test.js": COMMON + test}, test="node --test")
    return opened.tried(*((old, text) for text in new))


def marks(found: list[Screening]) -> list[tuple[str, ...]]:
    assert [one.mark for one in found] == [Mark.PROMISING] * len(found)
    assert len(found[0].behaviour) > 10
    return [one.behaviour for one in found]


@pytest.mark.parametrize("suffix", ["js", "mjs"])
def test_right_repairs_agree_and_an_overfitted_one_stands_alone(bench: Open, suffix: str) -> None:
    common = COMMON + "    const { median } = require('./job.js');"
    modules = "".join(
        f"import {names} from '{place}';\n"
        for names, place in {"test": "node:test", "assert": "node:assert", "{ median }": "./job.mjs"}.items()
    )
    kept, brought = {
        "js": ("module.exports = { median };", common),
        "mjs": ("export { median };", modules),
    }[suffix]
    files = {
        f"job.{suffix}": MEDIAN.replace("KEPT", kept),
        f"job.test.{suffix}": MEDIAN_TEST.replace("BROUGHT", brought),
    }
    here = bench(files, test="node --test")
    old = "% 2 === 0"
    found = here.tried(*((old, new) for new in ("% 3 === 0", "% 2 !== 0", "% 2 === 1", "% 2 < 0")))
    assert [one.mark for one in found] == [Mark.PROMISING] * 3 + [Mark.RED]
    overfitted, right, spelt_otherwise, red = (one.behaviour for one in found)
    assert len(right) > 10
    assert right == spelt_otherwise != overfitted
    assert red == ()
    every = [Candidate(Patch({}), "f", "mutation", f"change {number}") for number in range(len(found))]
    support = supports(every, found, [0, 1, 2])
    assert support[0] < support[1] == support[2]


def test_objects_of_the_program_are_inputs_as_well(bench: Open) -> None:
    program = """
        class Basket {
          constructor(prices) { this.prices = new Map(prices.map((price, at) => [at, { price }])); }

          total(discount) {
            let sum = 0;
            for (const { price } of this.prices.values()) sum += price;
            return sum + discount;
          }
        }
        module.exports = { Basket };
    """
    test = """
        const { Basket } = require('./job.js');
        test('total', () => {
          assert.equal(new Basket([3, 4]).total(0), 7);
          assert.equal(new Basket([3, 4]).total(3), 4);
        });
    """
    new = ("- discount", "+ -discount", "- Math.abs(discount)")
    right, spelt_otherwise, overfitted = marks(tried(bench, program, test, "+ discount", *new))
    assert right == spelt_otherwise != overfitted


def test_what_waits_is_waited_for(bench: Open) -> None:
    program = """
        const { readFile } = require('node:fs/promises');
        const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

        exports.total = async (rows, factor) => {
          let sum = 0;
          for (const row of rows) {
            await wait(200);
            sum += row + factor;
          }
          return (await readFile(__filename)).length > 10 ? sum : 0;
        };
    """
    test = """
        const { total } = require('./job.js');
        test('total', async () => { assert.equal(await total([1], 4), 4); });
    """
    new = ("row * factor", "factor * row", "row * 4", "row + factor - 1")
    right, spelt_otherwise, *overfitted = marks(tried(bench, program, test, "row + factor", *new))
    assert right == spelt_otherwise
    assert len({right, *overfitted}) == 3


def test_functions_that_are_given_and_returned_are_called(bench: Open) -> None:
    program = """
        exports.debounce = (action, wait) => {
          let timer = null;
          return (...given) => {
            timer = setTimeout(() => action(...given), wait);
          };
        };
    """
    test = """
        const { debounce } = require('./job.js');
        test('one of many', async () => {
          const calls = [];
          const call = debounce((value) => calls.push(value), 5);
          for (let count = 0; count < 3; count += 1) call('a');
          await new Promise((resolve) => { setTimeout(resolve, 20); });
          assert.deepEqual(calls, ['a']);
        });
    """
    new = (
        "clearTimeout(timer); timer = set",
        "if (timer !== null) clearTimeout(timer); timer = set",
        "if (timer === null) timer = set",
        "if (given[0] === 'a') clearTimeout(timer); timer = set",
    )
    right, spelt_otherwise, *overfitted = marks(tried(bench, program, test, "timer = set", *new))
    assert right == spelt_otherwise
    assert len({right, *overfitted}) == 3


FEES = """
    const LIMIT = 3;
    const RATES = [2];

    class Fee {
      #base = 0;

      of(n) { return n > LIMIT ? this.#base + n * RATES[0] : n; }
    }

    exports.fee = (n) => new Fee().of(n);
"""
FEES_TEST = """
    const { fee } = require('./job.js');
    test('fee', () => { assert.equal(fee(3), 6); assert.equal(fee(1), 1); });
"""


def test_what_is_no_function_of_its_own_is_compared_as_well(bench: Open) -> None:
    here = bench({"job.js": FEES, "job.test.js": COMMON + FEES_TEST}, test="node --test")
    right, spelt_otherwise, overfitted = marks(
        here.tried(("LIMIT = 3", "LIMIT = 2"), ("n > LIMIT", "n >= LIMIT"), ("n > LIMIT", "n === LIMIT"))
    )
    assert right == spelt_otherwise != overfitted


ENDLESS = """
    exports.first = (rows) => {
      const found = [];
      found.push(rows[0]);
      return found[1];
    };
"""
ENDLESS_TEST = """
    const { first } = require('./job.js');
    test('first', () => { assert.equal(first(['a', 'b']), 'a'); });
"""


def test_what_does_not_end_or_ends_its_process_holds_up_nobody(bench: Open) -> None:
    other = "if (rows.length !== 2) {{ {} }} return found[0]"
    does = (
        "for (;;);",
        "process.kill(process.pid, 'SIGKILL');",
        "process.exit(0);",
        "Array.prototype.at = 1;",
    )
    new = ("return found[0]", *(other.format(one) for one in does), "return rows[0]")
    right, hanging, killing, leaving, leaking, last = marks(
        tried(bench, ENDLESS, ENDLESS_TEST, "return found[1]", *new)
    )
    assert killing == ()
    assert right == last == leaking
    assert len({right, hanging, leaving}) == 3


def test_values_that_tests_call_equal_are_alike(bench: Open) -> None:
    program = """
        class Unknown extends Error {}
        class Strange extends Error {}
        exports.told = (n) => {
          if (n < 0) throw new Unknown(`below zero: ${n}`);
          const row = [n, , 3];
          row.self = row;
          return { n: n + 1, row, at: new Date(n), nothing: undefined, none: NaN };
        };
    """
    test = """
        const { told } = require('./job.js');
        test('told', () => { assert.equal(told(2).n, 2); assert.throws(() => told(-1)); });
    """
    found = marks(
        bench({"job.js": program, "job.test.js": COMMON + test}, test="node --test").tried(
            ("n: n + 1, row", "n, row"),
            (
                "n: n + 1, row, at: new Date(n), nothing: undefined,",
                "nothing: void 0, at: new Date(n), row, n: n * 1,",
            ),
            (
                "below zero: ${n}`);",
                "negative`); if (n >= 0) return { n: -(0 - n), row: [n, , 3].fill(n, 0, 1),"
                " at: new Date(n), nothing: undefined, none: 0 / 0 };",
            ),
            ("nothing: undefined", "n"),
            ("row.self = row;\n", "row.self = row; n -= 1;"),
        )
    )
    right, another_order, uncyclic, missing, shifted = found
    assert right == another_order
    assert len({right, uncyclic, missing, shifted}) == 4


def test_one_alone_is_not_asked(bench: Open) -> None:
    new = ("return found[0]", "return found[2]", "return found[3]")
    found = tried(bench, ENDLESS, ENDLESS_TEST, "return found[1]", *new)
    assert [one.mark for one in found] == [Mark.PROMISING, Mark.RED, Mark.RED]
    assert found[0].behaviour == ()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_jest(bench: Open, tmp_path: Path) -> None:
    packages = fetched(Path(__file__).parent.parent / "corpus" / "runners", "test-runners")
    if packages is None:
        pytest.skip("jest is not here: behaviour under it is NOT tested")
    program = "module.exports = { late: (rows) => rows.map((row) => ({ ...row, n: row.n + 2 })) };"
    test = """
        const { late } = require('./job');
        test('late', () => { expect(late([{ n: 1 }])).toEqual([{ n: 2 }]); });
    """
    shutil.copytree(packages, tmp_path / "work" / "node_modules", symlinks=True)
    here = bench({"job.js": program, "job.test.js": test, "package.json": "{}"}, test="npx jest")
    right, spelt_otherwise, overfitted = marks(
        here.tried(*(("row.n + 2", new) for new in ("row.n + 1", "1 + row.n", "row.n * 2")))
    )
    assert right == spelt_otherwise != overfitted
