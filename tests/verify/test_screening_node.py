"""The fast judge on programs of Node, in the sandbox: it agrees with the slow one; nothing disturbs it."""

import os
import random
import re
import shutil

import pytest

from goldseam.core.candidate import Mark
from goldseam.core.source import Edit, Span
from screening_bench import Bench, Open, bench
from screening_programs_node import NODE_PROGRAMS

__all__ = ["bench"]

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not here"),
]
NODE_TEST = "node --test"
_TOKEN = re.compile(
    rb"//[^\n]*|/\\s[^\n]*|'[^'\n]*'|`[^`]*`|=>|(?<![\w.$#])\d+(?![\w.])"
    rb"|\+\+|[!=]==?|>>|[<>+*/-]=?|&&|\|\||\?\?|\btrue\b|\bfalse\b"
)
OTHERS = {
    b"<=": b"<", b">=": b">", b"===": b"!==", b"!==": b"===", b"<": b"<=", b">": b">=", b"+=": b"-=",
    b"-=": b"+=", b"+": b"-", b"-": b"+", b"*": b"+", b"/": b"*", b"&&": b"||", b"||": b"&&", b"??": b"&&",
    b"true": b"false", b"false": b"true", b">>": b"<<",
}  # fmt: skip
REPAIRS = {
    "classes": [("<= -Account", "< -Account")],
    "modules": [("> least", ">= least")],
    "closures": [("step + 1", "step"), ("step + 1", "step + 0")],
    "loops": [],
}


def mutants(data: bytes) -> list[Edit]:
    """Other operators, numbers one more and one less."""
    found = []
    for token in _TOKEN.finditer(data):
        span, text = Span(*token.span()), token[0]
        if text.isdigit():
            found += [Edit(span, str(int(text) + by).encode()) for by in (1, -1)]
        elif text in OTHERS:
            found.append(Edit(span, OTHERS[text]))
    return found


@pytest.mark.parametrize("name", NODE_PROGRAMS)
def test_both_judges_agree(name: str, bench: Open) -> None:
    path, files = NODE_PROGRAMS[name]
    here = bench(files, path, test=NODE_TEST)
    repairs = [here.candidate(here.edit(old, new)) for old, new in REPAIRS[name]]
    others = [here.candidate(edit) for edit in mutants(here.data)]
    screenings = here.screen(*repairs, *others)
    assert len(here.counted.jobs) == 1
    assert [one.mark for one in screenings[: len(repairs)]] == [Mark.PROMISING] * len(repairs)
    assert not [one for one in screenings if one.mark is Mark.UNSCREENED]
    red = [one for one, said in zip(others, screenings[len(repairs) :], strict=True) if said.mark is Mark.RED]
    judged = random.Random(name).sample(red, min(2, len(red)))
    assert not [here.judge(one).evidence for one in judged if here.judge(one).plausible]


@pytest.mark.skipif(not os.environ.get("EVERY_MUTANT"), reason="minutes; EVERY_MUTANT=1 runs it")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", NODE_PROGRAMS)
def test_no_mutant_that_is_plausible_is_screened_red(name: str, bench: Open) -> None:
    path, files = NODE_PROGRAMS[name]
    here = bench(files, path, seconds=20, test=NODE_TEST)
    every = [here.candidate(edit) for edit in mutants(here.data)]
    every += [here.candidate(here.edit(old, new)) for old, new in REPAIRS[name]]
    wrong = [
        (one.patch, said.evidence)
        for one, said in zip(every, here.screen(*every), strict=True)
        if said.mark is Mark.RED and here.judge(one).plausible
    ]
    assert not wrong


SUMS = """
    function total(prices, discount, tax = 0) {
      let result = 1;
      for (const price of prices) result += price;
      return result - discount + tax;
    }

    function count(prices) {
      let result = 2;
      for (const price of prices) result += price ? 1 : 1;
      return result;
    }

    module.exports = { total, count };
"""
SUMS_TEST = """
    const test = require('node:test');
    const assert = require('node:assert');
    const sums = require('./sums.js');

    test('total', () => { assert.equal(sums.total([1, 2], 1), 2); });
    test('count', () => { assert.equal(sums.count([1, 2]), 2); });
    test('none', () => { assert.ok(sums.total([], 1) === 0 || sums.total([], 0) === 0); });
    test('kind', () => { assert.equal(typeof sums.count([]), 'number'); });
"""


def sums(bench: Open) -> Bench:
    return bench({"sums.js": SUMS, "sums.test.js": SUMS_TEST}, test=NODE_TEST)


def test_it_is_told_which_tests_a_candidate_mends(bench: Open) -> None:
    here = sums(bench)
    total, count = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    every = ([total], [count], [total, count], [here.edit("+ tax", "- tax")])
    first, second, both, none = (
        one.mended for one in here.screen(*(here.candidate(*some) for some in every))
    )
    assert first
    assert second
    assert first & second == none == 0
    assert both == first | second


def test_a_partial_repair_gains_what_it_turns_green_and_loses_what_it_breaks(bench: Open) -> None:
    here = sums(bench)
    first, second = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    breaking = here.edit("return result;", "return prices.length ? result : 'none';")
    one, both, nothing, broken = here.screen(
        here.candidate(first),
        here.candidate(first, second),
        here.candidate(here.edit("tax = 0", "tax = 7")),
        here.candidate(second, breaking),
    )
    assert (one.mark, one.gain) == (Mark.RED, 0.5)
    assert "count" in one.evidence
    assert (both.mark, both.gain) == (Mark.PROMISING, 1.0)
    assert (nothing.mark, nothing.gain) == (Mark.RED, 0.0)
    assert broken.mark is Mark.RED
    assert broken.gain <= 0


def test_what_hangs_dies_or_fills_the_memory_is_red_and_the_others_are_tried(bench: Open) -> None:
    here = sums(bench)
    dying = [
        "while (true);",
        "process.exit(0);",
        "process.abort();",
        "process.kill(process.pid, 'SIGKILL');",
        "/(a+)+b/.test('a'.repeat(40));",
        "return total(prices, discount);",
        "let result = []; for (;;) result.push(new Array(1_000_000).fill(0));",
        "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
        "let result = 0; process.on('exit', () => { for (;;); }); for (;;);",
        "throw null;",
    ]
    second = here.edit("result = 2", "result = 0")
    repair = here.candidate(here.edit("result = 1", "result = 0"), second)
    screenings = here.screen(
        *(here.candidate(here.edit("let result = 1;", text), second) for text in dying), repair
    )
    assert [text for text, one in zip(dying, screenings, strict=False) if one.mark is not Mark.RED] == []
    assert screenings[-1].mark is Mark.PROMISING


def test_state_that_candidates_leave_behind_misleads_nobody(bench: Open) -> None:
    program = """
        let numbers = 0;
        const seen = {};
        class Ticket {}
        Ticket.issued = [];

        exports.ticket = (name) => {
          Ticket.issued.push(name);
          globalThis.last = (globalThis.last || 0) + 1;
          process.env.LAST = name;
          (seen[name] ||= []).push(numbers += 1);
          return `${name}-${seen[name][0]}-${Ticket.issued.length + 1}-${globalThis.last}`;
        };
    """
    test = """
        const test = require('node:test');
        const assert = require('node:assert');
        const { ticket } = require('./tickets.js');

        test('ticket', () => {
          assert.equal(process.env.LAST, undefined);
          assert.equal(ticket('a'), 'a-1-1-1');
        });
        test('text', () => { assert.ok(ticket('b').startsWith('b-')); });
    """
    here = bench({"tickets.js": program, "tickets.test.js": test}, test=NODE_TEST)
    repair = here.candidate(here.edit("length + 1", "length"))
    other = here.candidate(here.edit("length + 1", "length + 2"))
    marks = [one.mark for one in here.screen(other, other, repair, other, repair)]
    assert marks == [Mark.RED, Mark.RED, Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_files_that_candidates_leave_in_the_project_mislead_nobody(bench: Open) -> None:
    program = """
        const fs = require('node:fs');

        exports.store = (rows) => {
          fs.mkdirSync('out');
          fs.writeFileSync('out/rows.txt', rows.slice(1).join(''));
          fs.appendFileSync('log.txt', 'stored');
          return fs.readFileSync('out/rows.txt', 'utf8');
        };
    """
    test = """
        const test = require('node:test');
        const assert = require('node:assert');

        test('store', () => {
          assert.equal(require('./store.js').store(['a', 'b']), 'ab');
          assert.equal(require('node:fs').readFileSync('log.txt', 'utf8'), 'begun stored');
        });
    """
    files = {"store.js": program, "store.test.js": test, "log.txt": "begun "}
    here = bench(files, test=NODE_TEST)
    pairs = [("slice(1)", "slice(0)"), ("slice(1)", "slice(0, 1)"), ("slice(1)", "slice()")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_tests_that_wait_or_start_processes_are_judged_as_well(bench: Open) -> None:
    program = """
        exports.slow = (n) => new Promise((resolve) => { setTimeout(() => resolve(n + 2), 5); });
        exports.quick = (n) => n * 3;
        if (require.main === module) console.log(exports.quick(Number(process.argv[2])));
    """
    test = """
        const test = require('node:test');
        const assert = require('node:assert');
        const { execFileSync } = require('node:child_process');
        const { slow } = require('./times.js');

        test('slow', async () => { assert.equal(await slow(1), 2); });
        test('quick', () => {
          assert.equal(execFileSync(process.execPath, ['times.js', '2']).toString(), '4\\n');
        });
    """
    here = bench({"times.js": program, "times.test.js": test}, test=NODE_TEST)
    first, second = here.edit("n + 2", "n + 1"), here.edit("n * 3", "n * 2")
    wrong = here.edit("n * 3", "n * 5")
    never = here.edit("resolve(n + 2)", "n")
    both, half, less, hanging = here.screen(
        here.candidate(first, second),
        here.candidate(first),
        here.candidate(first, wrong),
        here.candidate(never),
    )
    assert both.mark is Mark.PROMISING
    assert {one.mark for one in (half, less, hanging)} == {Mark.RED}
    assert half.gain == 0.5


def test_a_module_that_cannot_be_loaded_is_repaired_by_what_loads(bench: Open) -> None:
    program = "const TABLE = [1, 2].mp((one) => one * 2);\nexports.table = () => TABLE;\n"
    test = """
        const test = require('node:test');
        const assert = require('node:assert');
        const { table } = require('./table.js');

        test('table', () => { assert.deepEqual(table(), [2, 4]); });
    """
    here = bench({"table.js": program, "table.test.js": test}, test=NODE_TEST)
    pairs = [("mp(", "map("), ("mp(", "flatMap("), ("mp(", "filter("), ("mp(", "mpa(")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.PROMISING, Mark.RED, Mark.RED]


def test_several_files_of_tests_are_judged_together(bench: Open) -> None:
    other = SUMS_TEST.replace("'none'", "'other'").replace("=== 0)", "=== 0 || sums.total([], 0) === 1)")
    only = "require('node:test')('three', () => { if (require('./sums.js').count([5]) !== 1) throw 1; });"
    here = bench(
        {"sums.js": SUMS, "test/a.test.js": other.replace("./sums", "../sums"), "b.test.js": only},
        test=NODE_TEST,
    )
    first, second = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    one, both = here.screen(here.candidate(second), here.candidate(first, second))
    assert (one.mark, round(one.gain, 2)) == (Mark.RED, 0.67)
    assert both.mark is Mark.PROMISING


SCRIPT = """
    const helper = require('./helper.js');

    console.log('begin', Date.now());
    console.log('still', process.argv.length);
    const rows = helper.rows();
    let total = 0;
    for (const row of rows) total += row.price;
    console.log(JSON.stringify({ mean: total / rows.filter((row) => row.cost.price).length }));
"""
HELPER = "exports.rows = () => [{ price: 1 }, { price: 5 }];\n"


def test_a_script_is_judged_by_its_end_and_by_the_lines_it_printed_before(bench: Open) -> None:
    here = bench({"main.js": SCRIPT, "helper.js": HELPER}, run="node main.js -v", runs=2)
    marks = here.tried(
        ("row.cost.price", "row.price"),
        ("'still'", "'now'"),
        ("row.cost", "rows.cost"),
        ("row.cost.price).length }));", "row.price).length })); process.exit(3);"),
        ("let total = 0;", "let total = 0; for (;;);"),
    )
    assert [one.mark for one in marks] == [Mark.PROMISING, *[Mark.RED] * 4]


def test_a_script_of_assertions_is_judged_by_its_exit_code(bench: Open) -> None:
    check = "const assert = require('assert');\nassert.equal(require('./sums.js').total([1, 2], 1), 2);\n"
    here = bench({"sums.js": SUMS, "check.js": check}, test="node check.js")
    pairs = [("result = 1", "result = 0"), ("result = 1", "result = 2"), ("- discount", "- 2")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]
