"""JavaScript healed from the command line, with a model that answers from a script."""

import pytest

pytestmark = pytest.mark.sandbox

CRASH = b"""\
const items = [1, 2, 3];

function total(xs) {
  return xs.reduse((a, b) => a + b, 0);
}

console.log(`Total: ${total(items)}`);
"""
HEALED = CRASH.replace(b"reduse", b"reduce")
FUNCTION = "function total(xs) {\n  return xs.reduce((a, b) => a + b, 0);\n}"


def test_a_crash(work):
    work.write("app.js", CRASH)
    work.answer(FUNCTION)
    code, result = work.result("heal", "app.js", "--run", "node app.js", "--expect", "Total: 6")
    assert (code, result["outcome"]) == (0, "healed"), result
    assert work.read("app.js") == HEALED
    assert {"NAM.WRONG_ATTRIBUTE", "NAM.MISSPELT"} & {fault["code"] for fault in result["faults"]}
    assert result["faults"][0]["line"] == 4


def test_a_file_that_does_not_parse(work):
    broken = HEALED.replace(b"(xs) {", b"(xs {")
    work.write("app.mjs", broken)
    work.answer(HEALED.decode())
    code, result = work.result("heal", "app.mjs", "--run", "node app.mjs")
    assert (code, result["outcome"]) == (0, "healed"), result
    assert work.read("app.mjs") == HEALED
    assert result["faults"][0]["code"].startswith("SYN.")


def test_tests_of_node(work):
    work.write("package.json", '{"type": "module"}')
    work.write(
        "sum.js",
        b"export function add(a, b) {\n  return a - b;\n}\n\nexport function id(a) {\n  return a;\n}\n",
    )
    work.write(
        "sum.test.js",
        "import test from 'node:test';\n"
        "import assert from 'node:assert';\n"
        "import { add, id } from './sum.js';\n"
        "test('adds', () => assert.strictEqual(add(1, 2), 3));\n"
        "test('same', () => assert.strictEqual(id(1), 1));\n",
    )
    work.answer("export function add(a, b) {\n  return a + b;\n}")
    code, result = work.result("heal", "sum.js", "--test", "node --test")
    assert (code, result["outcome"]) == (0, "healed"), result
    assert b"return a + b" in work.read("sum.js")


def test_scan_tells_modules_from_scripts(work):
    work.write("package.json", '{"type": "module"}')
    work.write("a.js", "return 1;\n")
    work.write("old/package.json", "{}")
    work.write("old/b.js", "return 1;\n")
    work.write("c.cjs", "import x from 'y';\n")
    code, document = work.json("scan")
    assert code == 1
    assert [result["path"] for result in document["results"]] == ["a.js", "c.cjs"]


def test_typescript_without_its_tools_is_never_passed(work):
    work.write("a.ts", "const a: number = 1;\n")
    work.write("b.js", "const a = 1;\n")
    code, document = work.json("scan")
    assert code == 1
    (result,) = document["results"]
    assert (result["path"], result["outcome"], result["reason"]) == ("a.ts", "declined", "unsupported")
    assert "goldseam tools pull" in result["faults"][0]["message"]
    code, result = work.result("heal", "a.ts")
    assert (code, result["outcome"], result["reason"]) == (1, "declined", "unsupported")
