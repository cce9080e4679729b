"""Static checks of PHP: hits with their fixes, near misses, and any text in little time."""

import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ToolMissing
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import ANALYSE
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot, apply_edits
from goldseam.diagnose.analyzers.php_static import PhpAnalyzer
from goldseam.languages.php import PHP

WORKERS = Path(__file__).parents[2] / "src/goldseam/languages/workers"
needs_php = pytest.mark.skipif(
    not shutil.which("php"), reason="PHP is not installed: its names are NOT tested"
)


class Without:
    def ask(self, language, role, question, *, seconds):
        raise ToolMissing("no PHP here")


class Symbols:
    """PHP's own names, asked without a box."""

    def __init__(self) -> None:
        program = PHP.programs[ANALYSE]
        argv = [*program.argv, str(WORKERS / program.file)]
        run = subprocess.run(argv, input=b"{}\n", capture_output=True, check=True)
        self.told = json.loads(run.stdout)

    def ask(self, language, role, question, *, seconds):
        return self.told


@pytest.fixture(scope="module")
def symbols():
    return Symbols() if shutil.which("php") else Without()


def found(tools, *sources: str) -> list[Fault]:
    files = {f"f{number}.php": f"<?php\n{text}\n".encode() for number, text in enumerate(sources)}
    snapshot = Snapshot(files)
    incident = Incident("f0.php", tuple(files), "fails", OracleSpec())
    return list(
        PhpAnalyzer(tools)(Case(incident, snapshot, snapshot, Verdict(False, (), (1.0,), "", Observation())))
    )


SHOP = "class Shop { public $total = 1; const RATE = 2; private int $n = 0;\n"
HITS = {
    "misspelt variable": (
        "function f($total) { return $totl; }",
        "NAM.MISSPELT",
        "function f($total) { return $total; }",
    ),
    "look-alike": (
        "function f($clock) { return $cl0ck; }",
        "NAM.LOOKALIKE",
        "function f($clock) { return $clock; }",
    ),
    "variable of the property": (
        SHOP + "function f() { return $total; } }",
        "NAM.MISSING_SELF",
        SHOP + "function f() { return $this->total; } }",
    ),
    "method as function": (
        SHOP + "function f() { return g(); } function g() {} }",
        "NAM.MISSING_SELF",
        SHOP + "function f() { return $this->g(); } function g() {} }",
    ),
    "in a closure": (
        "function f($rows) { return array_map(function ($r) { return $r + $rate; }, $rows); }",
        "NAM.UNDEFINED",
        None,
    ),
    "added to": ("function f($rows) { foreach ($rows as $r) { $sum += $r; } }", "NAM.UNDEFINED", None),
    "in a string": (
        'function f($amount) { return "have $amuont"; }',
        "NAM.MISSPELT",
        'function f($amount) { return "have $amount"; }',
    ),
    "method": (
        SHOP + "function total() {} }\n(new Shop)->totals();",
        "NAM.WRONG_ATTRIBUTE",
        SHOP + "function total() {} }\n(new Shop)->total();",
    ),
    "inherited": (
        "class A { function run() {} }\nclass B extends A { function f() { return parent::runn(); } }",
        "NAM.WRONG_ATTRIBUTE",
        "class A { function run() {} }\nclass B extends A { function f() { return parent::run(); } }",
    ),
    "property": (
        SHOP + "function f() { return $this->totl; } }",
        "NAM.WRONG_ATTRIBUTE",
        SHOP + "function f() { return $this->total; } }",
    ),
    "constant": (
        SHOP + "function f() { return self::RAET; } }",
        "NAM.WRONG_ATTRIBUTE",
        SHOP + "function f() { return self::RATE; } }",
    ),
    "arity of a method": (
        SHOP + "function f($a, $b) {} }\n$s = new Shop();\n$s->f(1);",
        "TYP.ARITY",
        None,
    ),
    "arity of a constructor": ("class A { function __construct(int $a) {} }\nnew A;", "TYP.ARITY", None),
    "condition": (
        "function f($a) { if ($a > 1 && $a = 5) { return 1; } }",
        "LOG.WRONG_OPERATOR",
        "function f($a) { if ($a > 1 && $a === 5) { return 1; } }",
    ),
    "built-in, misspelt": ("function f($a) { return str_repalce('a', 'b', $a); }", "NAM.MISSPELT",
                           "function f($a) { return str_replace('a', 'b', $a); }"),
    "built-in, too many": ("function f($a) { return strlen($a, 1); }", "TYP.ARITY", None),
}  # fmt: skip
MISSES = {
    "by reference": "function f($s) { preg_match('/a/', $s, $found); return $found; }",
    "maybe by reference": "function f($o) { $o->fill($rows); return $rows; }",
    "own, by reference": "function g(&$x) { $x = 1; } function f() { g($y); return $y; }",
    "isset": "function f() { return isset($a) ? 1 : ($b ?? $c['k'] ?? 2); }",
    "listed": "function f($p) { [$a, 'k' => [$b]] = $p; list(, $c) = $p; return $a . $b . $c; }",
    "each": "function f($p) { foreach ($p as $k => [$a, 'x' => $b]) { echo $k, $a, $b; } }",
    "static, global": "function f() { static $n = 0; global $g; return ++$n + $g; }",
    "caught": "function f() { try { g(); } catch (Error | Exception $e) { return $e; } }\nfunction g() {}",
    "arrow": "function f($a) { return fn($b) => $a + $b; }",
    "used": "function f() { $n = 1; return function () use ($n, &$late) { $late = $n; }; }",
    "compact": "function f($name) { return compact('name'); }",
    "extract": "function f($all) { extract($all); return $anything; }",
    "included": "function f() { include 'config.php'; return $settings; }",
    "by name": "function f($n) { $$n = 1; return $other; }",
    "appended": "function f() { $a[] = 1; $b['x']['y'] = 2; return [$a, $b]; }",
    "defaulted": "function f() { $a ??= 1; return $a; }",
    "fetched in a condition": "function f($rows) { while ($row = array_pop($rows)) { echo $row; } }",
    "unknown parent": "class A extends Gone { function f() { return $this->g($this->n) . self::X; } }",
    "magic": "class A { function __get($n) { return 1; } function f() { return $this->any; } }",
    "a child has it": "class A { function f() { $this->g(); } }\nclass B extends A { function g() {} }",
    "trait": "trait T { function f() { return $this->g() . $this->n; } }",
    "trait's": "trait T { public $n; function g() {} }\nclass A { use T; function f() { $this->g(); } }",
    "made outside": "class A { function f() { return $this->late; } }\n$a = new A; $a->late = 1;",
    "bound closure": "class A { function f() { return function () { return $this->g(); }; } }",
    "variadic": "function f($a, ...$rest) {}\nf(1); f(1, 2, 3);",
    "unpacked": "function f($a, $b) {}\nf(...[1, 2]); f(b: 1, a: 2); $g = f(...);",
    "asked for": "if (function_exists('str_repalce')) { str_repalce(); }",
    "namespaced": "namespace A; use function B\\strlenn; echo strlenn('a');",
    "property of a dynamic object": "$o = new stdClass; $o->n = 1; echo $o->n;",
    "enum": "enum E: int { case A = 1; static function f() { return self::A->value . E::cases()[0]; } }",
    "class name": "class A { static function f() { return self::class . static::class; } }",
}


@needs_php
@pytest.mark.parametrize(("source", "code", "fixed"), HITS.values(), ids=HITS)
def test_hits(symbols, source, code, fixed):
    (fault,) = found(symbols, source)
    assert (str(fault.code), fault.static) == (code, True)
    assert fault.evidence[0].source == "parse tree"
    if fixed is None:
        assert fault.fix == ()
    else:
        assert apply_edits(f"<?php\n{source}\n".encode(), fault.fix) == f"<?php\n{fixed}\n".encode()


@needs_php
@pytest.mark.parametrize("source", MISSES.values(), ids=MISSES)
def test_near_misses(symbols, source):
    assert [f"{fault.code} {fault.message}" for fault in found(symbols, source)] == []


@needs_php
def test_other_files_are_known(symbols):
    cart = "namespace Shop;\nclass Cart { function total(int $a) {} }"
    use = "use Shop\\Cart;\nfunction f() { $c = new Cart(); return $c->totl(1) . $c->total(); }"
    assert sorted(str(fault.code) for fault in found(symbols, use, cart)) == [
        "NAM.WRONG_ATTRIBUTE",
        "TYP.ARITY",
    ]
    assert found(symbols, use) == []


def test_without_php_the_sources_alone_are_looked_at():
    assert found(Without(), "strlenn('a'); strlen();") == []
    assert [str(f.code) for f in found(Without(), "function f($total) { return $totl; }")] == ["NAM.MISSPELT"]


@given(st.text(alphabet="<?php$this->=function(){}[];'\"&ax:,\n", max_size=300))
@settings(max_examples=150)
def test_any_text(text):
    found(Without(), text)


def test_much_text_takes_little_time(symbols):
    deep = "function f($a) { return " + "(" * 900 + "$b" + ")" * 900 + "; }"
    many = "function f($a) { return $b; g($c); $this->d(); }\n" * 4_000
    long = "function f($a) {\n" + "$x = g($y, 1);\n" * 12_000 + "}"
    classes = "class A { function f() { return $this->g() . $this->n . self::X; } }\n" * 3_000
    calls = "".join(f"strlen{number}($a);\n" for number in range(9_000))
    for text in (deep, many, long, classes, calls, "(" * 200_000, "$" * 200_000):
        started = time.process_time()
        found(symbols, text)
        assert time.process_time() - started < 4, text[:40]
