"""What Node prints, read back: programs run here, and texts of runners and logs."""

import subprocess
from pathlib import Path

import pytest

from goldseam.languages.node_failures import failures_in

# source, kind, beginning of the message, frames as "file:line function", outermost first, causes
PROGRAMS = {
    "a callback": (
        "function inner(o) { return o.missing.name; }\nclass A { run(o) { return inner(o); } }\n"
        "setTimeout(() => { new A().run({}); }, 1);\n",
        "TypeError",
        "Cannot read properties of undefined (reading 'name')",
        ["p.js:3 Timeout._onTimeout", "p.js:2 A.run", "p.js:1 inner"],
        [],
    ),
    "causes": (
        "function low() { throw new RangeError('low'); }\n"
        "function mid() {\n  try { low(); } catch (e) { throw new Error('mid\\nmore', { cause: e }); }\n}\n"
        "class OutOfStock extends Error { name = 'OutOfStock'; code = 'E1'; }\n"
        "try { mid() } catch (e) {\n  throw new OutOfStock('top', { cause: e });\n}\n",
        "OutOfStock",
        "top",
        ["p.js:7 Object.<anonymous>"],
        [("Error", "mid\nmore"), ("RangeError", "low")],
    ),
    "does not parse": ("let a = 1;\nfoo bar\n", "SyntaxError", "Unexpected identifier", ["p.js:2 "], []),
    "json": ("JSON.parse('{bad');\n", "SyntaxError", "Expected property", ["p.js:1 Object.<anonymous>"], []),
    "assertion": (
        "const assert = require('assert');\n"
        "function check() { assert.deepStrictEqual({a: 1}, {a: 2}); }\ncheck();\n",
        "AssertionError",
        "Expected values to be strictly deep-equal:",
        ["p.js:3 Object.<anonymous>", "p.js:2 check"],
        [],
    ),
    "no module": (
        "require('./nope')",
        "Error",
        "Cannot find module './nope'",
        ["p.js:1 Object.<anonymous>"],
        [],
    ),
    "text thrown": ("\nthrow 'a text'", "Uncaught", "a text", ["p.js:2 "], []),
    "object thrown": ("throw {a: 1}", "Uncaught", "{ a: 1 }", ["p.js:1 "], []),
    "rejected": ("Promise.reject(new Error('no'))", "Error", "no", ["p.js:1 Object.<anonymous>"], []),
    "thrown again": (
        "let kept;\ntry {\n  null.x;\n} catch (e) { kept = e; }\nthrow kept;\n",
        "TypeError",
        "Cannot read properties of null",
        ["p.js:3 Object.<anonymous>"],
        [],
    ),
}


def run(folder: Path, name: str, *argv: str) -> str:
    ended = subprocess.run(["node", *argv, name], cwd=folder, capture_output=True, text=True, timeout=30)
    return ended.stderr or ended.stdout


def shown(failure, folder: Path) -> list[str]:
    return [f"{f.path.replace(f'{folder}/', '')}:{f.line} {f.function}" for f in failure.frames]


@pytest.mark.parametrize(("source", "kind", "message", "frames", "causes"), PROGRAMS.values(), ids=PROGRAMS)
def test_a_program_that_fails(tmp_path, source, kind, message, frames, causes) -> None:
    (tmp_path / "p.js").write_text(source)
    (failure,) = failures_in(run(tmp_path, "p.js"))
    assert failure.kind == kind
    assert failure.message.startswith(message)
    assert shown(failure, tmp_path) == frames
    assert [(cause.kind, cause.message) for cause in failure.causes] == causes


def test_modules_and_async_frames(tmp_path) -> None:
    (tmp_path / "h h.mjs").write_text("export async function helper() {\n  await null;\n  undefined.x;\n}\n")
    (tmp_path / "m.mjs").write_text(
        "import { helper } from './h h.mjs';\nasync function main() {\n  await helper();\n}\nawait main();\n"
    )
    (failure,) = failures_in(run(tmp_path, "m.mjs"))
    assert shown(failure, tmp_path) == ["m.mjs:5 ", "m.mjs:3 main", "h h.mjs:3 helper"]


def test_a_name_that_a_module_does_not_export(tmp_path) -> None:
    (tmp_path / "h.mjs").write_text("export const a = 1;\n")
    (tmp_path / "m.mjs").write_text("\nimport { b } from './h.mjs';\n")
    (failure,) = failures_in(run(tmp_path, "m.mjs"))
    assert shown(failure, tmp_path) == ["m.mjs:2 "]
    assert failure.frames[0].source == "import { b } from './h.mjs';"


def test_every_error_of_an_aggregate(tmp_path) -> None:
    (tmp_path / "p.js").write_text(
        "Promise.any([Promise.reject(new Error('one')),\nPromise.reject(new TypeError('two'))]);\n"
    )
    failures = failures_in(run(tmp_path, "p.js"))
    assert [(f.kind, f.message) for f in failures] == [
        ("AggregateError", "All promises were rejected"),
        ("Error", "one"),
        ("TypeError", "two"),
    ]
    assert [f.frames[-1].line for f in failures[1:]] == [1, 2]


def test_the_innermost_frame_quotes_its_line(tmp_path) -> None:
    (tmp_path / "p.js").write_text("function f() {\n  return missing;\n}\nf();\n")
    (failure,) = failures_in(run(tmp_path, "p.js"))
    assert [frame.source for frame in failure.frames] == ["", "return missing;"]


def test_node_test_reports_lose_their_wrapping(tmp_path) -> None:
    (tmp_path / "t.test.js").write_text(
        "const test = require('node:test'); const assert = require('assert');\n"
        "test('adds', () => { assert.strictEqual(1 - 2, 3); });\n"
        "test('throws', async () => { await null;\n"
        "  throw new Error('boom', { cause: new RangeError('c') }); });\n"
    )
    failures = failures_in(run(tmp_path, "t.test.js", "--test", "--test-reporter=spec"))
    assert {(f.kind, f.message, f.frames[-1].line) for f in failures} == {
        ("AssertionError", "Expected values to be strictly equal:\n\n-1 !== 3", 2),
        ("Error", "boom", 4),
    }


JEST = """  ● adds › twice

    expect(received).toBe(expected) // Object.is equality

    Expected: 3
    Received: -1

      3 | test('adds', () => {
    > 4 |   expect(add(1, 2)).toBe(3);
        |                     ^
      5 | });

      at Object.toBe (sum.test.js:4:21)

  ● reads

    TypeError: Cannot read properties of undefined (reading 'id')

      at read (lib/read.js:7:15)
      at Object.read (sum.test.js:9:3)
"""


def test_jest() -> None:
    first, second = failures_in(JEST)
    assert first.kind == "AssertionError"
    assert first.message.startswith("expect(received).toBe(expected)")
    assert "Received: -1" in first.message
    assert [(f.path, f.line) for f in first.frames] == [("sum.test.js", 4)]
    assert (second.kind, second.frames[-1].path, second.frames[-1].function) == (
        "TypeError",
        "lib/read.js",
        "read",
    )


PREFIXES = [
    "0|app  | ",
    "12|my-api | 2026-03-01T10:00:00: ",
    "Mar  1 10:00:00 host node[123]: ",
    "2026-03-01T10:00:00.123+0100 host app[9]: ",
    "2026-03-01T10:00:00.123Z ",
    "web-1  | ",
]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_lines_of_a_log(prefix) -> None:
    text = "TypeError: a is not a function\n    at f (/srv/app.js:3:5)\n    at /srv/app.js:9:1\n"
    (failure,) = failures_in("".join(prefix + line for line in text.splitlines(keepends=True)))
    assert (failure.kind, failure.message) == ("TypeError", "a is not a function")
    assert [(f.path, f.line, f.function) for f in failure.frames] == [
        ("/srv/app.js", 9, ""),
        ("/srv/app.js", 3, "f"),
    ]


def test_source_maps() -> None:
    text = (
        "Error: x\n    at f (/srv/out/a.js:1:20)\n"
        "        -> /srv/src/a.ts:30:5\n    at g (/srv/src/b.ts:4:1)\n"
    )
    (failure,) = failures_in(text)
    assert [(f.path, f.line) for f in failure.frames] == [("/srv/src/b.ts", 4), ("/srv/src/a.ts", 30)]


def test_a_full_heap() -> None:
    text = (
        "<--- JS stacktrace --->\n\n"
        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n"
        " 1: 0xb0 node::Abort()\n"
    )
    (failure,) = failures_in(text)
    assert failure.kind == "FATAL ERROR"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "all went well\n",
        "Traceback (most recent call last):\n"
        "  File \"a.py\", line 1, in <module>\nNameError: name 'x' is not defined\n",
        "see Error: nothing\nat home (at noon)\n",
        "PHP Fatal error:  Uncaught Exception: x in /srv/a.php:3\nStack trace:\n"
        "#0 {main}\n  thrown in /srv/a.php on line 3\n",
    ],
)
def test_no_failure(text) -> None:
    assert failures_in(text) == ()


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["at a (b:1:1)\n", "E: ", "Error: x\n", "at ", "[cause]: ", " (", "A.", "^\n"]
)
def test_long_texts_take_no_time(piece) -> None:
    failures_in(piece * 20_000)
    failures_in((piece * 400 + "\n") * 50)
