"""Failures as PHP, Xdebug, PHPUnit and loggers print them: most printed here, by real ones."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.fault import Code
from goldseam.core.observation import Failure
from goldseam.diagnose.kinds.php import meaning
from goldseam.languages.php import PHP
from goldseam.languages.php_failures import failures_in

needs_php = pytest.mark.skipif(
    not shutil.which("php"), reason="PHP is not installed: its texts are NOT tested"
)
TO_LOG: tuple[str, ...] = ()
TO_TERMINAL = ("-d", "log_errors=0", "-d", "display_errors=1", "-d", "html_errors=0")
XDEBUG = ("-d", "zend_extension=xdebug", "-d", "xdebug.mode=develop")
WAYS = {
    "log": TO_LOG,
    "terminal": TO_TERMINAL,
    "xdebug log": XDEBUG,
    "xdebug terminal": XDEBUG + TO_TERMINAL,
}

CART = """<?php
namespace Shop;
class Cart {
    function mean(array $v) {
        return intdiv(array_sum($v), count($v));
    }
    static function run(array $lists) {
        return array_map(function ($list) {
            return (new self)->mean($list);
        }, $lists);
    }
}
Cart::run([[1], []]);
"""
CHAINED = """<?php
function load($path) {
    throw new RuntimeException("no\\nsuch file in store");
}
function start() {
    try {
        load('a');
    } catch (RuntimeException $e) {
        throw new LogicException('not started', 3, $e);
    }
}
start();
"""
PROGRAMS = {
    "undefined variable": ("echo $total;", Code.NAM_UNDEFINED, 2),
    "undefined function": ("\nstrlenn('a');", Code.NAM_UNDEFINED, 3),
    "undefined method": ("$a = new ArrayObject();\n$a->cout();", Code.NAM_WRONG_ATTRIBUTE, 3),
    "undefined property": ("$a = new stdClass;\necho $a->b;", Code.NAM_WRONG_ATTRIBUTE, 3),
    "undefined class": ("new Cart();", Code.NAM_UNDEFINED, 2),
    "undefined constant": ("echo TOTAL;", Code.NAM_UNDEFINED, 2),
    "undefined class constant": ("echo ArrayObject::TOTAL;", Code.NAM_WRONG_ATTRIBUTE, 2),
    "private": ("class A { private function f() {} }\n(new A)->f();", Code.NAM_WRONG_ATTRIBUTE, 3),
    "null": ("$a = null;\n$a->f();", Code.TYP_NONE_ACCESS, 3),
    "property of null": ("$a = null;\necho $a->f;", Code.TYP_NONE_ACCESS, 3),
    "offset of null": ("$a = null;\necho $a['f'];", Code.TYP_NONE_ACCESS, 3),
    "method of a number": ("$a = 1;\n$a->f();", Code.TYP_MISMATCH, 3),
    "operands": ("echo [] + 1;", Code.TYP_MISMATCH, 2),
    "argument": ("function f(int $a) {}\n\nf('x');", Code.TYP_MISMATCH, 2),
    "own function too few": ("function f($a) {}\nf();", Code.TYP_ARITY, 2),
    "built-in too few": ("\necho strlen();", Code.TYP_ARITY, 3),
    "named argument": ("function f($a) {}\nf(b: 1);", Code.TYP_ARITY, 3),
    "return": ("function f(): int {\n    return 'x';\n}\nf();", Code.TYP_WRONG_RETURN, 3),
    "zero": ("function f($n) { return 1 / $n; }\nf(0);", Code.RUN_ZERO_DIVISION, 2),
    "modulo": ("echo 1 % 0;", Code.RUN_ZERO_DIVISION, 2),
    "key": ("$a = ['x' => 1];\necho $a['y'];", Code.RUN_KEY, 3),
    "index": ("$a = [1];\necho $a[3];", Code.RUN_INDEX, 3),
    "string offset": ("$a = 'a';\necho $a[3];", Code.RUN_INDEX, 3),
    "match": ("echo match (3) { 1 => 2 };", Code.LOG_MISSING_CASE, 2),
    "memory": ("ini_set('memory_limit', '4M');\n$a = str_repeat('a', 1 << 23);", Code.RUN_MEMORY, 3),
    "file": ("\nrequire 'nothing.php';", Code.RUN_FILE, 3),
    "packages": ("require 'vendor/autoload.php';", Code.ENV_MISSING_PACKAGE, 2),
    "extension": ("echo imap_open();", Code.ENV_MISSING_PACKAGE, 2),
    "json": ("json_decode('{', flags: JSON_THROW_ON_ERROR);", Code.RUN_VALUE, 2),
    "value": ("array_combine([1], []);", Code.RUN_VALUE, 2),
    "own": ("class Odd extends Exception {}\nthrow new Odd('Undefined variable $x');", None, 3),
    "promoted": (
        "set_error_handler(fn($n, $s, $f, $l) => throw new ErrorException($s, 0, $n, $f, $l));\necho $x;",
        Code.NAM_UNDEFINED,
        3,
    ),
    "parse": ("function f( { }", Code.SYN_INVALID, 2),
    "early": ("\nbreak;", None, 3),
    "readonly": (
        "class A { function __construct(public readonly int $a) {} }\n$a = new A(1);\n$a->a = 2;",
        Code.SEM_API_MISUSE,
        4,
    ),
    "uninitialised": ("class A { public int $a; }\necho (new A)->a;", Code.NAM_UNBOUND_LOCAL, 3),
    "this": ("function f() { return $this; }\nf();", Code.NAM_MISSING_SELF, 2),
    "callable": ("$a = 'nothing';\n$b = new stdClass;\n$b();", Code.TYP_NOT_CALLABLE, 4),
}


def printed(folder: Path, code: str, way: tuple[str, ...]) -> str:
    if "zend_extension=xdebug" in way and not any(Path("/usr/lib/php").glob("*/xdebug.so")):
        pytest.skip("Xdebug is not installed: its texts are NOT tested")
    file = folder / "app.php"
    file.write_text(code)
    run = subprocess.run(["php", *way, str(file)], capture_output=True, text=True, check=False, cwd=folder)
    return run.stdout + run.stderr


def places(failure: Failure) -> list[tuple[str, int, str]]:
    return [(Path(frame.path).name, frame.line, frame.function) for frame in failure.frames]


@needs_php
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_frames_are_told_outermost_first(tmp_path, way):
    (failure,) = failures_in(printed(tmp_path, CART, way))
    assert (failure.kind, failure.message) == ("DivisionByZeroError", "Division by zero")
    functions = [place for place in places(failure) if place[2] != "array_map"]
    assert functions == [
        ("app.php", 13, "{main}"),
        ("app.php", 8, "Shop\\Cart::run"),
        ("app.php", 9, "Shop\\Cart::Shop\\{closure}"),
        ("app.php", 5, "Shop\\Cart->mean"),
    ] or functions == [
        ("app.php", 13, "{main}"),
        ("app.php", 9, "Shop\\Cart::Shop\\{closure}"),
        ("app.php", 5, "Shop\\Cart->mean"),
    ]


@needs_php
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_chain_is_its_last_error_and_its_causes(tmp_path, way):
    (failure,) = failures_in(printed(tmp_path, CHAINED, way))
    assert (failure.kind, failure.message) == ("LogicException", "not started")
    assert places(failure) == [("app.php", 12, "{main}"), ("app.php", 9, "start")]
    (cause,) = failure.causes
    assert (cause.kind, cause.message) == ("RuntimeException", "no\nsuch file in store")
    assert places(cause) == [("app.php", 12, "{main}"), ("app.php", 7, "start"), ("app.php", 3, "load")]


@needs_php
@pytest.mark.parametrize("way", [TO_LOG, TO_TERMINAL, XDEBUG], ids=["log", "terminal", "xdebug"])
@pytest.mark.parametrize(("code", "expected", "line"), PROGRAMS.values(), ids=PROGRAMS)
def test_what_real_programs_print(tmp_path, code, expected, line, way):
    failure = failures_in(printed(tmp_path, f"<?php\n{code}\n", way))[0]
    assert (Path(failure.frames[-1].path).name, failure.frames[-1].line) == ("app.php", line)
    found = meaning(failure)
    assert (found[0] if found else None) == expected


@needs_php
def test_a_program_that_logs_what_it_caught(tmp_path):
    code = "<?php\nfunction f() { throw new DomainException('bad'); }\ntry { f(); }\n"
    (failure,) = failures_in(printed(tmp_path, code + "catch (Exception $e) { error_log($e); }\n", TO_LOG))
    assert (failure.kind, failure.message) == ("DomainException", "bad")
    assert places(failure) == [("app.php", 3, "{main}"), ("app.php", 2, "f")]


TRACE = """\
PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in /srv/app/cart.php:5
Stack trace:
#0 /srv/app/index.php(9): mean(Array)
#1 {main}
  thrown in /srv/app/cart.php on line 5
"""
PREFIXES = {
    "pm2": "0|shop  | ",
    "pm2 with times": "12|shop-web | 2026-11-21T09:17:03: ",
    "journal": "Nov 21 09:17:03 web1 php[312]: ",
    "journal, iso": "2026-11-21T09:17:03+0000 web1 php-fpm[312]: ",
    "docker compose": "web-1  | ",
}


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("text", [TRACE, TRACE.replace("PHP Fatal", "Fatal")], ids=["log", "terminal"])
def test_prefixes_of_lines(prefix, text):
    (failure,) = failures_in("".join(prefix + line for line in text.splitlines(keepends=True)))
    assert [(f.path, f.line, f.function) for f in failure.frames] == [
        ("/srv/app/index.php", 9, "{main}"),
        ("/srv/app/cart.php", 5, "mean"),
    ]


def test_a_dated_log_and_one_that_escapes_its_line_ends():
    dated = TRACE.replace("PHP Fatal", "[21-Nov-2026 09:17:03 UTC] PHP Fatal")
    escaped = "Nov 21 09:17:03 web1 php: " + TRACE.strip().replace("\n", "#012")
    for text in (dated, escaped):
        assert [frame.line for frame in failures_in(text)[0].frames] == [9, 5]


LARAVEL = """\
[2026-11-21 09:17:03] production.ERROR: Division by zero {"userId":7,"exception":"[object] \
(App\\\\Errors\\\\Failed(code: 0): Division by zero at /var/www/app/Services/Cart.php:42)
[stacktrace]
#0 /var/www/app/Http/Controllers/Shop.php(17): App\\\\Services\\\\Cart->mean(Array)
#1 [internal function]: App\\\\Http\\\\Controllers\\\\Shop->show(Object(Illuminate\\\\Http\\\\Request))
#2 /var/www/public/index.php(52): Illuminate\\\\Foundation\\\\Http\\\\Kernel->handle()
#3 {main}

[previous exception] [object] (PDOException(code: 2002): SQLSTATE[HY000] [2002] refused at \
/var/www/app/Db.php:9)
[stacktrace]
#0 /var/www/app/Services/Cart.php(40): App\\\\Db->open()
#1 {main}
"}
[2026-11-21 09:17:04] production.INFO: next request
"""
MONOLOG = (
    '[2026-11-21T09:17:03.123456+00:00] app.CRITICAL: Uncaught Error {"exception":"[object] (Error(code: 0): '
    'Call to a member function total() on null at /srv/app/src/Cart.php:12)"} []\n'
)


def test_laravel():
    (failure,) = failures_in(LARAVEL)
    assert (failure.kind, failure.message) == ("App\\Errors\\Failed", "Division by zero")
    assert [(Path(f.path).name, f.line) for f in failure.frames] == [
        ("index.php", 52),
        ("Shop.php", 17),
        ("Cart.php", 42),
    ]
    assert [(c.kind, c.frames[-1].line, len(c.frames)) for c in failure.causes] == [("PDOException", 9, 2)]


def test_monolog():
    (failure,) = failures_in(MONOLOG)
    assert (failure.kind, failure.frames[-1].line) == ("Error", 12)
    assert meaning(failure)[0] == Code.TYP_NONE_ACCESS


TESTS = """<?php
require_once __DIR__ . '/cart.php';
use PHPUnit\\Framework\\TestCase;
class CartTest extends TestCase {
    public function testTotal() { $this->assertSame(6, total([1, 2])); }
    public function testSame() { $this->assertEquals(['a' => 1], ['a' => 2]); }
    public function testMean() {
        $this->assertSame(0, mean([]));
    }
    public function testWarns() { warns(); }
    /** @dataProvider rows */
    public function testRows($n) { $this->assertTrue($n > 1, 'too small'); }
    public static function rows() { return ['one' => [1], 'two' => [2]]; }
    public function testChain() {
        try { mean([]); } catch (DivisionByZeroError $e) { throw new LogicException('late', 0, $e); }
    }
}
"""
TESTED = """<?php
function total($v) { return array_sum($v); }
function mean($v) { return array_sum($v) / count($v); }
function warns() { return $nothing; }
"""


@needs_php
@pytest.mark.skipif(not shutil.which("phpunit"), reason="PHPUnit is not installed: its text is NOT tested")
def test_phpunit(tmp_path):
    (tmp_path / "cart.php").write_text(TESTED)
    (tmp_path / "CartTest.php").write_text(TESTS)
    argv = ["phpunit", "--no-configuration", "--log-junit", "report.xml", "CartTest.php"]
    run = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=tmp_path)
    found = {failure.frames[0].line: failure for failure in failures_in(run.stdout)}
    shown = {line: (f.kind, [(Path(p.path).name, p.line) for p in f.frames]) for line, f in found.items()}
    assert shown == {
        5: ("AssertionFailedError", [("CartTest.php", 5)]),
        6: ("AssertionFailedError", [("CartTest.php", 6)]),
        8: ("DivisionByZeroError", [("CartTest.php", 8), ("cart.php", 3)]),
        10: ("Warning", [("CartTest.php", 10), ("cart.php", 4)]),
        12: ("AssertionFailedError", [("CartTest.php", 12)]),
        15: ("LogicException", [("CartTest.php", 15)]),
    }
    assert found[5].message.startswith("Failed asserting that 3 is identical to 6.")
    assert [cause.kind for cause in found[15].causes] == ["DivisionByZeroError"]


def test_text_that_is_no_failure():
    for text in (
        "Error: something in the manual\n",
        "PHP Deprecated:  strlen(): Passing null in /a.php on line 3\n",
        "PHP Warning:  the disk is nearly full in /a.php on line 3\n",
        "Stack trace:\n#0 {main}\n",
        "1) Cart::total is wrong\n",
        "",
    ):
        assert failures_in(text) == (), text


@given(st.text(alphabet="PHP Fatal eror:Uncgt\n#0123(){}mainStckre/x.p| [obj]'\"", max_size=400))
def test_any_text(text):
    for failure in failures_in(text):
        assert failure.frames


def test_much_text_takes_little_time():
    started = time.perf_counter()
    failures_in(TRACE * 5_000)
    failures_in("PHP Fatal error:  Uncaught E: x\n" * 50_000)
    failures_in("[object] (" * 20_000)
    assert time.perf_counter() - started < 6


def test_blocks_and_definitions():
    source = (
        b"<html> function no() { </html>\n<?php # comment { '\nnamespace A; // it's\nclass B extends C {\n"
        b"    #[Attr]\n    public function &foo(array $x = ['}']): ?int {\n        $s = <<<EOT\n"
        b'  } function fake() {\n  EOT;\n        return function ($y) { return "}$y"; };\n    }\n}\n'
        b"?> text { <?php\nfunction main() {\n    echo `x`; $this->class; B::class;\n}\n"
    )
    assert PHP.definitions(source.decode()) == {"foo", "main", "B"}
    span = PHP.enclosing_block(source, source.index(b"fake"))
    assert source[span.start : span.end].startswith(b"    #[Attr]\n    public function &foo")
    assert source[span.start : span.end].endswith(b"};\n    }\n")
    assert PHP.enclosing_block(source, source.index(b"text {")) is None
