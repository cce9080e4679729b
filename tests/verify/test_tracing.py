"""Traced runs of real programs in the sandbox: what they add, and what they never change."""

import json
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from goldseam.config import load
from goldseam.core.errors import SandboxError
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Ended, Failure, Observation, Run, TestOutcome, TestResult
from goldseam.core.ports import Job
from goldseam.core.source import Snapshot
from goldseam.plugins import Plugins
from goldseam.verify.traced import Told, with_run, with_tests
from goldseam.verify.tracing import Trace, read
from goldseam.wiring import Choice, assemble

SHOP = """
    class Item:
        def __init__(self, price, count):
            self.price, self.count = price, count

        def __repr__(self):
            raise RuntimeError("no text")


    def total(items):
        result = 0
        for item in items:
            result += item.price * item.count
        return result


    def average(items):
        token = "sk-ant-REDACTME1234567890abcdefghij"
        many = list(range(100_000))
        try:
            {"a": 1}["b"]
        except KeyError as error:
            raise ValueError("bad cart") from error
"""
SHOP_TEST = """
    import pytest
    import shop

    def test_total():
        assert shop.total([shop.Item(2, 3)]) == 6

    def test_average():
        assert shop.average([shop.Item(2, 3)]) == 6

    @pytest.mark.parametrize("price", [1, 2])
    def test_each(price):
        assert shop.total([shop.Item(price, 1)]) == 2
"""
SHOP_JS = """
    function total(items) {
      let sum = 0;
      for (const item of items) {
        sum += item.price;
      }
      return sum;
    }
    function average(items) {
      const label = 'of ' + items.length;
      if (items.length === 0) {
        return null.x;
      }
      return total(items) / items.length;
    }
    module.exports = { total, average };
"""
SHOP_TEST_JS = """
    const test = require('node:test');
    const assert = require('node:assert');
    const shop = require('./shop.js');
    test('total', () => { assert.strictEqual(shop.total([{ price: 2 }]), 2); });
    test('average', () => { assert.strictEqual(shop.average([]), 0); });
"""
Look = Callable[..., Observation]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Write files, reproduce and observe: `look({path: text}, run=..., test=...)`."""
    root = tmp_path / "work"
    root.mkdir()
    tmp_path.chmod(0o755)

    def observed(
        files: dict[str, str],
        run: str | None = None,
        test: str | None = None,
        expected: bytes | None = None,
        seconds: int = 30,
    ) -> Observation:
        for name, text in files.items():
            (root / name).write_text(textwrap.dedent(text).lstrip("\n"))
        told = {"GOLDSEAM_LIMITS__COMMAND_SECONDS": str(seconds), "GOLDSEAM_ORACLE__RUNS": "1"}
        with assemble(root, load(root, told), Choice(remembers=False), Plugins()) as assembly:
            first = next(iter(files))
            incident = Incident(first, (first,), "test", OracleSpec(run, test, expected))
            oracle = assembly.workshop.oracle_for(incident)
            snapshot = Snapshot({first: (root / first).read_bytes()})
            oracle.reproduce(snapshot)
            return oracle.observe(snapshot)

    return observed


def lines(seen: Observation, test: str, path: str) -> list[int]:
    return sorted(seen.lines[test][path])


pytestmark = pytest.mark.sandbox


def test_python_tests_tell_their_lines_and_what_frames_held(look: Look) -> None:
    seen = look({"shop.py": SHOP, "test_shop.py": SHOP_TEST}, test="python3 -m pytest -q test_shop.py")
    assert set(seen.lines) == set(seen.tests)
    assert {9, 10, 11, 12}.issubset(lines(seen, "test_shop::test_total", "shop.py"))
    assert 17 not in lines(seen, "test_shop::test_each[1]", "shop.py")
    assert {17, 18, 20, 22}.issubset(lines(seen, "test_shop::test_average", "shop.py"))
    failure = next(found for found in seen.failures if found.kind == "ValueError")
    held = {variable.name: variable for variable in failure.frames[-1].variables}
    assert held["items"].value == "[Item(price=2, count=3)]"
    assert held["many"].value == "[0, 1, 2, 3, ...]"
    assert "sk-ant" not in held["token"].value
    assert [cause.kind for cause in failure.causes] == ["KeyError"]


def test_a_python_program_tells_lines_and_variables(look: Look) -> None:
    seen = look(
        {"main.py": "import shop\nrate = 3\nshop.average([])\n", "shop.py": SHOP}, run="python3 main.py"
    )
    assert lines(seen, "", "main.py") == [1, 2, 3]
    (failure,) = seen.failures
    assert [(frame.path, frame.line) for frame in failure.frames] == [("main.py", 3), ("shop.py", 22)]
    assert ("rate", "int", "3") in [(v.name, v.kind, v.value) for v in failure.frames[0].variables]


def test_unittest_gets_test_ids_from_the_trace(look: Look) -> None:
    test = """
        import unittest
        import shop

        class TestShop(unittest.TestCase):
            def test_right(self):
                self.assertEqual(shop.total([]), 0)

            def test_wrong(self):
                self.assertEqual(shop.total([]), 1)
    """
    seen = look({"shop.py": SHOP, "test_shop.py": test}, test="python3 -m unittest -q test_shop")
    outcomes = {name: result.outcome.value for name, result in seen.tests.items()}
    assert outcomes == {
        "test_shop.TestShop::test_right": "passed",
        "test_shop.TestShop::test_wrong": "failed",
    }
    assert 10 in lines(seen, "test_shop.TestShop::test_wrong", "shop.py")


def test_node_tests_tell_their_lines_and_what_frames_held(look: Look) -> None:
    seen = look({"shop.js": SHOP_JS, "shop.test.js": SHOP_TEST_JS}, test="node --test shop.test.js")
    assert {2, 3, 4, 6}.issubset(lines(seen, "test::total", "shop.js"))
    assert 9 not in lines(seen, "test::total", "shop.js")
    assert 4 not in lines(seen, "test::average", "shop.js")
    failure = next(found for found in seen.failures if found.kind.startswith("TypeError"))
    assert failure.frames[-1].line == 11
    held = {variable.name: variable.value for variable in failure.frames[-1].variables}
    assert held == {"items": "[]", "label": '"of 0"'}


def test_a_node_module_tells_lines_and_variables(look: Look) -> None:
    main = """
        import { createRequire } from 'node:module';
        const shop = createRequire(import.meta.url)('./shop.js');
        function start(rate) {
          return shop.average([]);
        }
        start(3);
    """
    seen = look({"main.mjs": main, "shop.js": SHOP_JS}, run="node main.mjs")
    assert {4, 6}.issubset(lines(seen, "", "main.mjs"))
    (failure,) = seen.failures
    held = [(v.name, v.value) for frame in failure.frames for v in frame.variables]
    assert ("rate", "3") in held
    assert ("label", '"of 0"') in held


def test_php_tells_the_arguments_of_frames(look: Look) -> None:
    main = "<?php\nfunction part($rows, $of) { return intdiv($of, count($rows)); }\necho part([], 3);\n"
    seen = look({"main.php": main}, run="php main.php")
    held = [
        (v.name, v.value) for failure in seen.failures for frame in failure.frames for v in frame.variables
    ]
    assert ("$of", "3") in held
    assert ("$rows", "[]") in held


@pytest.mark.parametrize(
    ("name", "text", "command", "line"),
    [
        (
            "loop.py",
            "def f(n):\n    i = 0\n    while i < n:\n        j = i\n\n\nf(3)\n",
            "python3 loop.py",
            (3, 4),
        ),
        ("loop.js", "let i = 0;\nwhile (i < 3) {\n  let j = i;\n}\n", "node loop.js", (2, 3)),
        ("loop.php", "<?php\n$i = 0;\nwhile ($i < 3) {\n  $j = $i;\n}\n", "php loop.php", (3, 4, 5)),
    ],
)
def test_a_program_that_does_not_end_is_found_in_its_loop(
    look: Look, name: str, text: str, command: str, line: tuple[int, ...]
) -> None:
    seen = look({name: text}, run=command, seconds=8)
    assert seen.run is not None
    assert seen.run.ended is Ended.TIMEOUT
    assert seen.hot[0].path == name
    assert seen.hot[0].line in line


def test_tests_after_one_that_hangs_are_seen(look: Look) -> None:
    program = "def count(n):\n    i = 0\n    while i != n:\n        i += 2\n    return i\n"
    test = """
        import pytest
        import program

        @pytest.mark.parametrize("n", [2, 1, 4])
        def test_count(n):
            assert program.count(n) == n
    """
    seen = look({"program.py": program, "test_program.py": test}, test="python3 -m pytest -q", seconds=12)
    outcomes = {name.partition("::")[2]: result.outcome.value for name, result in seen.tests.items()}
    assert outcomes == {"test_count[2]": "passed", "test_count[1]": "failed", "test_count[4]": "passed"}
    assert seen.hot[0].line in (3, 4)


def test_threads_that_wait_for_each_other_are_told(look: Look) -> None:
    program = """
        import threading
        import time

        first, second = threading.Lock(), threading.Lock()

        def work(one, other):
            with one:
                time.sleep(0.2)
                with other:
                    pass

        threads = [threading.Thread(target=work, args=pair) for pair in ((first, second), (second, first))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    """
    seen = look({"program.py": program}, run="python3 program.py", seconds=8)
    assert len(seen.threads) == 3
    assert all(stack.waits for stack in seen.threads)
    assert [stack.frames[-1].line for stack in seen.threads if stack.thread != "MainThread"] == [9, 9]


def test_the_plain_run_stays_what_it_was(look: Look) -> None:
    program = "import os\nprint('GOLDSEAM_TRACE' in os.environ)\nx = 1\n"
    seen = look({"program.py": program}, run="python3 program.py; exit 3")
    assert seen.run is not None
    assert seen.run.stdout == b"False\n"
    assert lines(seen, "", "program.py") == [1, 2, 3]


def test_a_run_that_tracers_make_green_adds_nothing(look: Look) -> None:
    program = "import os\nraise SystemExit(0 if 'GOLDSEAM_TRACE' in os.environ else 1)\n"
    seen = look({"program.py": program}, run="python3 program.py")
    assert seen.run is not None
    assert seen.run.exit_code == 1
    assert seen.lines == {}


def test_the_owners_sitecustomize_still_runs(look: Look) -> None:
    files = {"main.py": "import builtins\nprint(builtins.owner)\nraise ValueError\n"}
    files["sitecustomize.py"] = "import builtins\nbuiltins.owner = 'here'\n"
    seen = look(files, run="PYTHONPATH=$PYTHONPATH:. python3 main.py")
    assert seen.run is not None
    assert seen.run.stdout == b"here\n"
    assert lines(seen, "", "main.py") == [1, 2, 3]


RUN = Run("python3 x.py", 1, Ended.EXITED, b"", b"", 0.1)


def traced(*records: object) -> Trace:
    return read("\n".join(map(json.dumps, records)).encode(), lambda text: text)


def told(test: str, outcome: str, *ranges: int) -> dict[str, object]:
    return {"is": "lines", "test": test, "outcome": outcome, "seconds": 0, "lines": {"a.py": list(ranges)}}


def test_lines_of_a_test_that_ended_otherwise_are_left_out() -> None:
    tests = {"t::a": TestResult(TestOutcome.FAILED), "t::b": TestResult(TestOutcome.PASSED)}
    plain = Observation(test_run=RUN, tests=tests)
    trace = traced(told("t::a", "passed", 1, 2), told("t::b", "passed", 3, 3), told("", "", 9, 9))
    assert with_tests(plain, Told(RUN, trace)).lines == {"t::b": {"a.py": frozenset({3, 9})}}


def test_an_error_that_the_plain_run_did_not_print_lends_it_nothing() -> None:
    link = {"kind": "KeyError", "message": "'x'", "frames": [{"path": "a.py", "line": 1, "variables": []}]}
    plain = Observation(run=RUN, failures=(Failure("ValueError", "other"),))
    assert with_run(plain, Told(RUN, traced({"is": "failure", "chain": [link]}))).failures == plain.failures


@pytest.mark.parametrize(
    "record",
    [
        [],
        {"is": "lines"},
        {"is": "lines", "test": 3, "lines": {}},
        {"is": "lines", "test": "t", "lines": {"../x.py": [1, 1], "/etc/passwd": [1, 1], "a\x1b.py": [1, 1]}},
        {"is": "lines", "test": "t", "lines": {"a.py": [1, 10**12, -1, 3, True, None, "1", 2]}},
        {"is": "failure", "chain": [{"kind": 1}, None, {"frames": {}}]},
        {"is": "failure", "chain": "x"},
        {"is": "samples", "lines": [["a.py", 0, 1], ["a.py", 1], 3], "threads": [None, {"frames": [1]}]},
        {"is": "memory", "lines": {"a": 1}},
    ],
)
def test_damaged_records_are_left_out(record: object) -> None:
    trace = traced(record)
    assert not any(paths for paths in trace.lines.values())
    assert trace.failures == trace.hot == trace.grown == ()


def test_a_report_of_nothing_but_noise_is_an_empty_trace() -> None:
    assert read(b"\xff\x00{[\n" * 100, str) == Trace()
    assert read(("[" * 100_000).encode(), str) == Trace()
    assert read(None, str) == Trace()


def test_values_are_redacted_whole_and_then_cut() -> None:
    variables = [["password", "str", "'" + "h" * 30 + "'"], ["b" * 300, "str", "x" * 4000], ["n", 1, "2"]]
    link = {"kind": "E", "message": "", "frames": [{"path": "a.py", "line": 1, "variables": variables}]}
    report = json.dumps({"is": "failure", "chain": [link]}).encode()
    trace = read(report, lambda text: text.replace("h" * 30, "[secret]"))
    shown = trace.failures[0].frames[0].variables
    assert [len(variable.name) < 100 and len(variable.value) <= 70 for variable in shown] == [True, True]
    assert shown[0].value == "'[secret]'"


def test_no_box_for_a_traced_run_keeps_the_plain_one(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    from goldseam.sandbox.boxes import Boxes

    run = Boxes.run

    def refusing(self: Boxes, job: Job) -> Run:
        if "GOLDSEAM_TRACE" in job.environment:
            raise SandboxError("no box")
        return run(self, job)

    monkeypatch.setattr(Boxes, "run", refusing)
    seen = look({"main.py": "raise ValueError\n"}, run="python3 main.py")
    assert seen.lines == {}
    assert [failure.kind for failure in seen.failures] == ["ValueError"]
