"""Syntax faults of JavaScript, TypeScript and PHP, found and mended against the real checkers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldseam.config import load
from goldseam.core.errors import ToolMissing
from goldseam.core.fault import Fault
from goldseam.core.language import language_of
from goldseam.core.source import apply_edits, position_of
from goldseam.diagnose.syntax.brace_finder import faults_of
from goldseam.plugins import Plugins
from goldseam.wiring import Choice, assemble

pytestmark = pytest.mark.sandbox

PROGRAM = """\
const fs = require('fs');

function sizes(paths, options) {
  const found = {};
  for (const path of paths) {
    if (options.skip && options.skip.includes(path)) {
      continue;
    }
    found[path] = { size: fs.statSync(path).size, name: path };
  }
  return found;
}

class Report {
  constructor(title, rows) {
    this.title = title;
    this.rows = rows;
  }

  print() {
    console.log(`Report: ${this.title}`);
    this.rows.forEach((row) => {
      console.log(row.name + ' has ' + row.size);
    });
  }
}

module.exports = { sizes, Report };
"""

PHP_PROGRAM = """\
<?php
namespace App;

class Basket
{
    private array $items = [];

    public function add(string $name, int $price): void
    {
        $this->items[] = ['name' => $name, 'price' => $price];
    }

    public function total(): int
    {
        $sum = 0;
        foreach ($this->items as $item) {
            if ($item['price'] > 0) {
                $sum += $item['price'];
            }
        }
        return $sum;
    }
}

$basket = new Basket();
$basket->add('tea', 3);
echo 'total: ' . $basket->total() . "\\n";
"""

ONE_EDIT = [
    ("program.js", PROGRAM, "paths, options", "paths options", "SYN.MISSING_COMMA"),
    ("program.js", PROGRAM, "size: fs", "size fs", "SYN.MISSING_COLON"),
    ("program.js", PROGRAM, "size: fs", "size = fs", "SYN.MISSING_COLON"),
    ("program.js", PROGRAM, "      continue;\n    }\n", "      continue;\n", "SYN.UNCLOSED_BRACKET"),
    ("program.js", PROGRAM, "includes(path)) {", "includes(path) {", "SYN.UNCLOSED_BRACKET"),
    ("program.js", PROGRAM, "    });\n  }\n", "    });\n  }}\n", "SYN.UNMATCHED_BRACKET"),
    ("program.js", PROGRAM, "title, rows) {", "title, rows)", "SYN.UNMATCHED_BRACKET"),
    ("program.js", PROGRAM, "' has '", "' has ", "SYN.UNTERMINATED_STRING"),
    ("program.js", PROGRAM, "('fs')", "(fs')", "SYN.UNOPENED_STRING"),
    ("program.js", PROGRAM, "class Report", "calss Report", "SYN.MISSPELT_KEYWORD"),
    ("program.js", PROGRAM, "function sizes", "def sizes", "SYN.FOREIGN_SYNTAX"),
    ("program.js", PROGRAM, "  return found;", "  # the result\n  return found;", "SYN.FOREIGN_SYNTAX"),
    ("program.js", PROGRAM, "(row) =>", "(row) ->", "SYN.EXTRA_SYMBOL"),
    ("program.js", PROGRAM, "rows;", "rows；", "SYN.LOOKALIKE_CHARACTER"),
    ("program.js", PROGRAM, "class Report", "Here is the fixed class:\nclass Report", "SYN.PASTED_TEXT"),
    ("program.php", PHP_PROGRAM, "$sum = 0;", "$sum = 0", "SYN.MISSING_SEPARATOR"),
    ("program.php", PHP_PROGRAM, "return $sum;", "retrun $sum;", "SYN.MISSPELT_KEYWORD"),
    ("program.php", PHP_PROGRAM, "as $item)", "as item)", "SYN.FOREIGN_SYNTAX"),
    ("program.php", PHP_PROGRAM, "            }\n        }\n", "            }\n", "SYN.UNCLOSED_BRACKET"),
    ("program.php", PHP_PROGRAM, "'name' => $name,", "'name' => $name", "SYN.MISSING_COMMA"),
    ("program.php", PHP_PROGRAM, "'tea'", "'tea", "SYN.UNTERMINATED_STRING"),
    ("program.php", PHP_PROGRAM, "$basket = new", "$basket := new", "SYN.FOREIGN_SYNTAX"),
]


EXACT = {
    "doubled closer": ("program.js", PROGRAM, "    });\n  }\n", "    });\n  }}\n"),
    "closer on its line": ("program.js", PROGRAM, "      continue;\n    }\n", "      continue;\n    )\n"),
    "glued name": ("program.js", PROGRAM + "show(sizes);\nshow(found);\n", "show(sizes)", "showsizes)"),
    "colon of a choice": ("program.js", PROGRAM + "const n = a ? 'x' : 'y';\n", "'x' : 'y'", "'x'  'y'"),
    "mixed quotes": ("program.js", PROGRAM, "' has '", "' has \""),
    "cut operator": ("program.js", PROGRAM, "(row) =>", "(row) = >"),
    "stray apostrophe": ("program.js", PROGRAM + "const n = 'a Testnet b';\n", "Testnet", "Testne't"),
    "apostrophe": ("program.js", PROGRAM + "const n = 'it doesn\\'t';\n", "doesn\\'t", "doesn't"),
    "annotation": ("program.js", PROGRAM + "const n = /*#__PURE__*/ f();\n", "__*/", "__"),
    "open template": ("program.js", PROGRAM, "${this.title}`", "${this.title}"),
    "else if": ("program.js", PROGRAM + "if (a) b();\nelse if (c)\n  d();\nelse e();\n", "else if", "elif"),
    "brace on its own line": ("program.php", PHP_PROGRAM, "total(): int\n    {", "total(): int\n    "),
    "property": ("program.php", PHP_PROGRAM, "private array $items", "private array items"),
    "static": ("program.php", PHP_PROGRAM.replace("$sum = 0", "$sum = self::$all"), "self::$", "self$"),
    "def": ("program.php", PHP_PROGRAM, "public function add", "public def add"),
    "list": ("program.php", PHP_PROGRAM + "f(array('view', 'edit', 'embed'));\n", "'view',", "'view'"),
}


@pytest.fixture(scope="module")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root = tmp_path_factory.mktemp("braces")
    with assemble(root, load(root, {}), Choice(remembers=False), Plugins()) as found:
        yield found


def find(assembly, name: str, data: bytes) -> list[Fault]:
    problem = assembly.checker.check(name, data)
    language = language_of(name, assembly.languages)
    return [] if problem is None else list(faults_of(problem, data, language.name, assembly.tools))


def mended(data: bytes, faults: list[Fault]) -> bytes:
    return apply_edits(data, [edit for fault in faults for edit in fault.fix])


@pytest.mark.parametrize(("name", "source", "right", "wrong", "code"), ONE_EDIT)
def test_one_fault_is_found_in_its_line_and_mended(assembly, name, source, right, wrong, code):
    broken = source.replace(right, wrong, 1).encode()
    faults = find(assembly, name, broken)
    assert [str(fault.code) for fault in faults] == [code]
    assert assembly.checker.check(name, mended(broken, faults)) is None


def test_six_faults_are_told_apart(assembly):
    broken = PROGRAM
    changes = [
        ("paths, options", "paths options"),
        ("      continue;\n    }\n", "      continue;\n"),
        ("return found", "retrun found"),
        ("title, rows) {", "title, rows)) {"),
        ("this.rows = rows", "this.rows = = rows"),
        ("' has '", "' has "),
    ]
    for right, wrong in changes:
        broken = broken.replace(right, wrong, 1)
    faults = find(assembly, "program.js", broken.encode())
    lines = sorted(position_of(broken.encode(), fault.span.start)[0] for fault in faults)
    assert lines == [3, 8, 10, 14, 16, 22]
    assert assembly.checker.check("program.js", mended(broken.encode(), faults)) is None


@pytest.mark.parametrize(("name", "source"), [("program.js", PROGRAM), ("program.php", PHP_PROGRAM)])
def test_sound_files_have_no_faults(assembly, name, source):
    assert find(assembly, name, source.encode()) == []


def test_other_line_ends_and_a_byte_order_mark_stay(assembly):
    broken = b"\xef\xbb\xbf" + PROGRAM.replace("      continue;\n    }\n", "      continue;\n").encode()
    broken = broken.replace(b"\n", b"\r\n")
    repaired = mended(broken, find(assembly, "program.js", broken))
    assert repaired.startswith(b"\xef\xbb\xbf")
    assert repaired.count(b"\r\n") == repaired.count(b"\n")
    assert assembly.checker.check("program.js", repaired) is None


def test_without_a_checker_the_compiler_speaks_alone(assembly):
    class Missing:
        def ask(self, language, role, question, *, seconds):
            raise ToolMissing("not here")

    broken = b"const a = [1 2];\n"
    problem = assembly.checker.check("program.js", broken)
    faults = list(faults_of(problem, broken, "javascript", Missing()))
    assert [fault.message for fault in faults] == [problem.message]
    assert faults[0].fix == ()


def test_an_edit_never_changes_what_is_php(assembly):
    broken = b"<html><?php echo foo(; ?><b>bold</b>\n"
    repaired = mended(broken, find(assembly, "program.php", broken))
    assert repaired.count(b"<?php") == 1
    assert repaired.endswith(b"?><b>bold</b>\n")


@pytest.mark.parametrize("name", ["program.js", "program.php"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300) | st.text("(){}[]'\"`$/*;,:<?php=>\n a1#", max_size=200).map(str.encode))
def test_any_bytes_end_in_time(assembly, name, data):
    data = b"<?php " + data if name.endswith("php") else data
    for fault in find(assembly, name, data):
        assert fault.span.end <= len(data)


def test_a_large_hopeless_file_ends_in_time(assembly, tmp_path: Path):
    import time

    data = b"".join(b"if (a%d { b[%d; ) ' \n" % (n, n) for n in range(1500))
    problem = assembly.checker.check("program.js", data)
    began = time.monotonic()
    faults = list(faults_of(problem, data, "javascript", assembly.tools))
    assert faults
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(("name", "source", "right", "wrong"), EXACT.values(), ids=EXACT)
def test_one_fault_is_mended_to_the_byte(assembly, name, source, right, wrong):
    assert source.count(right) == 1
    broken = source.replace(right, wrong).encode()
    faults = find(assembly, name, broken)
    assert len(faults) == 1
    assert mended(broken, faults).decode() == source


def test_two_moves_that_undo_one_another_are_no_faults(assembly):
    source = PROGRAM + "req.on('upgrade', (res) => {\n  res.emit('upgrade', {\n    a: 1,\n  });\n});\n"
    broken = source.replace("on('upgrade'", "on(upgrade'").encode()
    assert [str(fault.code) for fault in find(assembly, "program.js", broken)] == ["SYN.UNOPENED_STRING"]
