"""The fast judge on real programs in the sandbox: it agrees with the slow one, and nothing disturbs it."""

import io
import os
import random
import tokenize
from dataclasses import replace
from typing import Any

import pytest

from goldseam.core.candidate import Mark
from goldseam.core.source import Edit, Span
from goldseam.verify.screening import run_in, screening_in
from screening_bench import Bench, Counted, Open, bench
from screening_programs import PROGRAMS

__all__ = ["bench"]

OTHERS = {
    "<=": "<", ">=": ">", "==": "!=", "<": "<=", ">": ">=", "+=": "-=", "+": "-", "-": "+", "*": "+",
    "and": "or", "True": "False",
}  # fmt: skip
PYTEST = "python3 -m pytest -q -p no:cacheprovider"


def mutants(data: bytes) -> list[Edit]:
    """Other operators, numbers one more and one less."""
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = []
    for token in tokenize.tokenize(io.BytesIO(data).readline):
        start = starts[max(token.start[0] - 1, 0)] + token.start[1]
        span = Span(start, start + len(token.string.encode()))
        if token.type == tokenize.NUMBER and token.string.isdigit():
            found += [Edit(span, str(int(token.string) + by).encode()) for by in (1, -1)]
        elif token.string in OTHERS:
            found.append(Edit(span, OTHERS[token.string].encode()))
    return found


pytestmark = pytest.mark.sandbox

REPAIRS = {
    "fixtures": [("<= -self.limit", "< -self.limit")],
    "unittest": [("> self.size", ">= self.size")],
    "decorated": [("n < 1", "n < 2"), ("n < 1", "n <= 1")],
    "lazy": [("> size", ">= size"), ("> size", "== size")],
    "loops": [],
    "patched": [],
    "processes": [("n * 3", "n * 2")],
    "imported": [("per_metre = 10", "per_metre = 100")],
    "broken_import": [("key=length", "key=len")],
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_both_judges_agree(name: str, bench: Open) -> None:
    path, files = PROGRAMS[name]
    here = bench(files, path, test=PYTEST)
    repairs = [here.candidate(here.edit(old, new)) for old, new in REPAIRS[name]]
    others = [here.candidate(edit) for edit in mutants(here.data)]
    screenings = here.screen(*repairs, *others)
    assert len(here.counted.jobs) == 1
    assert [one.mark for one in screenings[: len(repairs)]] == [Mark.PROMISING] * len(repairs)
    assert not [one for one in screenings if one.mark is Mark.UNSCREENED]
    red = [one for one, said in zip(others, screenings[len(repairs) :], strict=True) if said.mark is Mark.RED]
    judged = random.Random(name).sample(red, min(2, len(red)))
    assert not [here.judge(one).evidence for one in judged if here.judge(one).plausible]


@pytest.mark.skipif(not os.environ.get("EVERY_MUTANT"), reason="an hour; EVERY_MUTANT=1 runs it")
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("name", PROGRAMS)
def test_no_mutant_that_is_plausible_is_screened_red(name: str, bench: Open) -> None:
    path, files = PROGRAMS[name]
    here = bench(files, path, seconds=20, test=PYTEST)
    every = [here.candidate(edit) for edit in mutants(here.data)]
    wrong = [
        (one.patch, said.evidence)
        for one, said in zip(every, here.screen(*every), strict=True)
        if said.mark is Mark.RED and here.judge(one).plausible
    ]
    assert not wrong


SUMS = """
    def total(prices, discount, tax=0):
        result = 1
        for price in prices:
            result += price
        return result - discount + tax

    def count(prices):
        result = 2
        while prices:
            prices = prices[1:]
            result += 1
        return result
"""
SUMS_TEST = """
    import sums

    def test_total():
        assert sums.total([1, 2], 1) == 2

    def test_count():
        assert sums.count([1, 2]) == 2

    def test_none():
        assert sums.total([], 1) == 0 or sums.total([], 0) == 0

    def test_kind():
        assert isinstance(sums.count([]), int)
"""


def test_it_is_told_which_tests_a_candidate_mends(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "test_sums.py": SUMS_TEST}, test=PYTEST)
    total = here.edit("result = 1", "result = 0")
    count = here.edit("result = 2", "result = 0")
    said = here.screen(
        *(
            here.candidate(*edits)
            for edits in ([total], [count], [total, count], [here.edit("+ tax", "- tax")])
        )
    )
    assert [one.mark for one in said] == [Mark.RED, Mark.RED, Mark.PROMISING, Mark.RED]
    first, second, both, none = (one.mended for one in said)
    assert first
    assert second
    assert first & second == none == 0
    assert both == first | second


def test_a_partial_repair_gains_what_it_turns_green_and_loses_what_it_breaks(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "test_sums.py": SUMS_TEST}, test=PYTEST)
    first, second = here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0")
    breaking = here.edit("return result", "return 2.0 if not prices else result", 1)
    one, both, nothing, broken = here.screen(
        here.candidate(first),
        here.candidate(first, second),
        here.candidate(here.edit("tax=0", "tax=7")),
        here.candidate(second, breaking),
    )
    assert (one.mark, one.gain) == (Mark.RED, 0.5)
    assert "test_count" in one.evidence
    assert (both.mark, both.gain) == (Mark.PROMISING, 1.0)
    assert (nothing.mark, nothing.gain) == (Mark.RED, 0.0)
    assert broken.mark is Mark.RED
    assert broken.gain <= 0


def test_what_hangs_dies_or_fills_the_memory_is_red_and_the_others_are_tried(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "test_sums.py": SUMS_TEST}, test=PYTEST)
    dying = [
        "while True: pass",
        "import os; os._exit(0)",
        "import os; os.abort()",
        "import re; re.match('(a+)+b', 'a' * 40)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import time; time.sleep(100)",
        "raise SystemExit(0)",
        "return total(prices, discount)",
        "result = [0]\n    while True: result += result",
        "import sys; sys.exit = None; import gc; gc.disable(); result = 1",
    ]
    repair = here.candidate(here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0"))
    bad = [
        here.candidate(here.edit("result = 1", text), here.edit("result = 2", "result = 0")) for text in dying
    ]
    screenings = here.screen(*bad)
    assert [text for text, one in zip(dying, screenings, strict=True) if one.mark is not Mark.RED] == []
    *others, last = here.screen(*bad, repair)
    assert Mark.PROMISING not in [one.mark for one in others]
    assert last.mark is Mark.PROMISING


def test_state_that_candidates_leave_behind_misleads_nobody(bench: Open) -> None:
    program = """
        import itertools

        NUMBERS = itertools.count(1)
        SEEN = {}

        class Ticket:
            issued = []
            last = 0

        def ticket(name):
            Ticket.issued.append(name)
            Ticket.last += 1
            SEEN.setdefault(name, []).append(next(NUMBERS))
            return f"{name}-{SEEN[name][0]}-{len(Ticket.issued) + 1}-{Ticket.last}"
    """
    test = """
        import tickets

        def test_ticket():
            assert tickets.ticket("a") == "a-1-1-1"

        def test_text():
            assert tickets.ticket("b").startswith("b-")
    """
    here = bench({"tickets.py": program, "test_tickets.py": test}, test=PYTEST)
    repair = here.candidate(here.edit("len(Ticket.issued) + 1", "len(Ticket.issued)"))
    other = here.candidate(here.edit("len(Ticket.issued) + 1", "len(Ticket.issued) + 2"))
    marks = [one.mark for one in here.screen(other, other, repair, other, repair)]
    assert marks == [Mark.RED, Mark.RED, Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_files_that_candidates_leave_in_the_project_mislead_nobody(bench: Open) -> None:
    program = """
        from pathlib import Path

        def store(rows):
            folder = Path("out")
            folder.mkdir()
            (folder / "rows.txt").write_text("".join(rows[1:]))
            Path("log.txt").write_text(Path("log.txt").read_text() + "stored")
            return (folder / "rows.txt").read_text()
    """
    test = """
        import store

        def test_store():
            assert store.store(["a", "b"]) == "ab"
            assert open("log.txt").read() == "begun stored"
    """
    files = {"store.py": program, "test_store.py": test, "log.txt": "begun "}
    here = bench(files, test=PYTEST)
    pairs = [("rows[1:]", "rows[0:]"), ("rows[1:]", "rows[:1]"), ("rows[1:]", "rows")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_files_that_a_script_leaves_mislead_nobody(bench: Open) -> None:
    program = "import os\nos.mkdir('out')\nopen('out/x', 'w').write('x')\nprint(1 / (len('ab') - 2))\n"
    here = bench({"main.py": program}, run="python3 main.py")
    pairs = [("- 2", "- 1"), ("- 2", "- len('ab')"), ("- 2", "+ 2")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.PROMISING]


def test_a_repair_of_a_repair_is_screened_against_what_that_left_red(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "test_sums.py": SUMS_TEST}, test=PYTEST)
    half = here.snapshot.apply(here.candidate(here.edit("result = 1", "result = 0")).patch)
    assert [one.mark for one in here.oracle.screen(half, [here.candidate()] * 3, 30)] == [Mark.UNSCREENED] * 3
    assert not here.oracle.judge(half).plausible
    again = Bench(here.oracle, half, "sums.py")
    (found, other) = again.tried(("result = 2", "result = 0"), ("result = 2", "result = 3"))
    assert (found.mark, other.mark) == (Mark.PROMISING, Mark.RED)


def test_of_a_runner_without_a_report_the_exit_code_decides(bench: Open) -> None:
    test = "import unittest, sums\n\nclass T(unittest.TestCase):\n    def test_total(self):\n"
    test += "        self.assertEqual(sums.total([1], 0), 1)\n"
    here = bench({"sums.py": SUMS, "test_sums.py": test}, test="python3 -m unittest -q")
    pairs = [("result = 1", "result = 0"), ("result = 1", "result = 3"), ("+ tax", "- tax")]
    assert [one.mark for one in here.tried(*pairs)] == [Mark.PROMISING, Mark.RED, Mark.RED]


def test_a_command_that_cannot_be_taken_over_is_not_run_for_nothing_twice(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "main.py": "import sums\nprint(1 / (sums.total([], 0) - 1))\n"},
                 run="python3 main.py | cat; python3 main.py")  # fmt: skip
    one = here.candidate(here.edit("result = 1", "result = 0"))
    for _ in range(2):
        assert {said.mark for said in here.screen(one, one, one)} == {Mark.UNSCREENED}
    assert len(here.counted.jobs) == 1


SCRIPT = """
    import json
    import sys
    import time
    import helper

    print("begin", time.time())
    print("still", len(sys.argv), __name__)
    rows = helper.rows()
    total = 0
    for row in rows:
        total += row["price"]
    print(json.dumps({"mean": total / (len(rows) - 2)}))
"""
HELPER = "def rows():\n    return [{'price': 1}, {'price': 5}]\n"


def test_a_script_is_judged_by_its_end_and_by_the_lines_it_printed_before(bench: Open) -> None:
    here = bench({"main.py": SCRIPT, "helper.py": HELPER}, run="python3 main.py -v", runs=2)
    marks = here.tried(
        ("len(rows) - 2", "len(rows)"),
        ("still", "now"),
        ("row[", "rows["),
        ("len(rows) - 2)", "len(rows))}); sys.exit(3); print({0: (1)"),
        ("total = 0", "while True: pass"),
    )
    assert [one.mark for one in marks] == [Mark.PROMISING, *[Mark.RED] * 4]
    again = here.screen(here.candidate(here.edit('print("still", len(sys.argv), __name__)', "sys.exit()")))
    assert again[0].mark is Mark.RED
    assert "what it printed before is gone" in again[0].evidence


def test_a_script_gains_by_the_lines_that_become_right(bench: Open) -> None:
    program = "import helper\nprint(helper.one())\nprint(helper.two())\nprint('end')\n"
    helper = "def one():\n    return 0\n\n\ndef two():\n    return 0\n"
    here = bench({"helper.py": helper, "main.py": program}, run="python3 main.py", expected=b"1\n2\nend\n")
    first, second = here.edit("return 0", "return 1"), here.edit("return 0", "return 2", 1)
    half, whole, worse = here.screen(
        here.candidate(first),
        here.candidate(first, second),
        here.candidate(here.edit("return 0", "retur", 1)),
    )
    assert (half.mark, half.gain) == (Mark.RED, 0.5)
    assert whole.mark is Mark.PROMISING
    assert (worse.mark, worse.gain) == (Mark.RED, -1.0)


def test_tests_that_never_end_are_known_from_the_traced_run(bench: Open) -> None:
    program = "def halves(n):\n    count = 0\n    while n >= 0:\n"
    program += "        n = n // 2\n        count += 1\n    return count\n"
    test = "import pytest, halves\n\n@pytest.mark.parametrize('n', [1, 2, 3])\ndef test_halves(n):\n"
    test += "    assert halves.halves(n) == n.bit_length()\n"
    here = bench({"halves.py": program, "test_halves.py": test}, test=PYTEST, seconds=20)
    pairs = [("n >= 0", "n > 0"), ("n // 2", "n // 1"), ("n >= 0", "n > 1"), ("n >= 0", "n")]
    assert {one.mark for one in here.tried(*pairs)} == {Mark.UNSCREENED}
    here.oracle.observe(here.snapshot)
    marks = [one.mark for one in here.tried(*pairs)]
    assert marks == [Mark.PROMISING, Mark.UNSCREENED, Mark.RED, Mark.PROMISING]


@pytest.mark.parametrize(
    "record",
    [
        None,
        {},
        {"mark": "plausible", "gain": 1, "evidence": ""},
        {"mark": "red", "gain": "1", "evidence": ""},
        {"mark": "red", "gain": float("nan"), "evidence": ""},
        {"mark": "red", "gain": 0, "evidence": 7},
        {"mark": "promising", "gain": 2, "evidence": ""},
    ],
)
def test_damaged_records_screen_nothing(record: dict[str, Any] | None) -> None:
    assert screening_in(record).mark is Mark.UNSCREENED
    assert run_in(record, "x") is None


def test_evidence_of_a_record_is_one_visible_line() -> None:
    assert screening_in({"mark": "red", "gain": 0.5, "evidence": "", "mended": "1f"}).mended == 31
    assert screening_in({"mark": "red", "gain": 0.5, "evidence": "", "mended": "1" * 33}).mended == 0
    said = screening_in({"mark": "red", "gain": 0.5, "evidence": "a\n\x1b[31mb\u202e```" + "x" * 5_000})
    assert said.gain == 0.5
    assert said.evidence.startswith("a b'''x")
    assert len(said.evidence) < 320


def test_scripts_that_print_the_same_behave_alike(bench: Open) -> None:
    here = bench({"main.py": "rows = []\nprint('sum', 6 / len(rows))\n"}, run="python3 main.py")
    one, other, third = here.tried(("len(rows)", "2"), ("len(rows)", "2.0"), ("len(rows)", "3"))
    assert {one.mark, other.mark, third.mark} == {Mark.PROMISING}
    assert one.behaviour == other.behaviour != third.behaviour


def test_of_a_program_the_lines_that_it_should_print_are_its_tests(bench: Open) -> None:
    source = {"main.py": "rows = [3, 4]\nprint(sum(rows) + 1)\nprint(min(rows))\n"}
    here = bench(source, run="python3 main.py", expected=b"7\n4\n")
    first, second, both = here.tried((" + 1", ""), ("min", "max"), ("+ 1)\nprint(min(", ")\nprint(max("))
    assert [one.mark for one in (first, second, both)] == [Mark.RED, Mark.RED, Mark.PROMISING]
    assert (first.mended, second.mended) == (0b01, 0b10)
    assert both.behaviour == ()


def test_the_canary_is_no_older_than_the_first_green(bench: Open) -> None:
    here = bench({"sums.py": SUMS, "test_sums.py": SUMS_TEST}, test=PYTEST)
    judging = Counted(here.oracle._observer.sandbox)
    here.oracle._observer = replace(here.oracle._observer, sandbox=judging)
    repair = here.candidate(here.edit("result = 1", "result = 0"), here.edit("result = 2", "result = 0"))
    here.screen(repair, repair, repair)
    assert judging.jobs == []
    assert here.judge(repair).plausible
    repaired = here.snapshot.apply(repair.patch).files["sums.py"]
    assert [job.overlay["sums.py"] for job in judging.jobs] == [repaired, here.data]
