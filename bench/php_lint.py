"""Is the PHP checker exact? Its verdicts against `php -l`, file by file, and what each of them costs.

    python bench/php_lint.py FOLDER… [--files 300] [--seed 1] [--json]

FOLDERs hold real PHP sources. Judged are FILES of them, as many broken by one to three token mutations, and
the errors below, which no random breaking makes: those that PHP finds when it compiles, not when it parses.
"""

import argparse
import base64
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldseam.languages.php import PHP

WORKER = Path(__file__).parents[1] / "src/goldseam/languages/workers" / PHP.programs["check"].file
LINT = ("php", "-d", "display_errors=stdout", "-d", "log_errors=0", "-d", "html_errors=0", "-l")
BATCH = 100
TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
JUNK = (b"(", b")", b"{", b"}", b";", b",", b"'", b'"', b"$", b"=", b"->", b"?>", b"<?php ", b"#")

EARLY = """
break;
continue;
while (1) { break 2; }
while (1) { break 0; }
while (1) { break $x; }
class A {} class A {}
function f() {} function f() {}
class A { function f() {} function F() {} }
class A { public $x; private $x; }
class A { const X = 1; const X = 2; }
class A { abstract function f(); }
abstract class A { abstract function f() {} }
abstract class A { abstract private function f(); }
class A { function f(); }
class A { final private function f() {} final abstract function g(); }
interface I { private function f(); }
interface I { function f() {} }
interface I { public $x; }
final class A {} class B extends A {}
class A { final function f() {} } class B extends A { function f() {} }
class A { function f(int $a) {} } class B extends A { function f(string $a) {} }
class A { public function f() {} } class B extends A { private function f() {} }
class A { public $x; } class B extends A { private $x; }
class A { static function f() {} } class B extends A { function f() {} }
class A extends A {}
class A extends self {}
class self {}
class A implements I, I {} interface I {}
class A implements Traversable {}
class A extends ArrayObject { function count(string $x) {} }
class A implements Countable { }
class B implements Iterator { function current(int $x): mixed {} }
function f($a, $a) {}
function f($this) {}
function f(void $a) {}
function f(): void { return 1; }
function f(): never { return; }
function f(): int { return; }
function f(int $a = "x") {}
function f(int $a = null, $b) {}
function f(...$a, $b) {}
function f(...$a = []) {}
function f(?mixed $a) {}
function f(int|INT $a) {}
function f(iterable|array $a) {}
function f(null $a, false $b, true $c) {}
$this = 1;
static $this;
global $this;
foreach ($a as $this) {}
try {} catch (E $this) {}
unset($this);
[$a, [$b]] = [];  [] = $x;
list() = $x;
[$a, "k" => $b] = $x;
list(list()) = $x;
f() = 1;
isset(1 + 2);
isset(f());
empty();
const A = $x;
const A = f();
class A { const X = f(); }
class A { public $x = $y; }
class A { public $x = new B; }
class A { const class = 1; }
namespace A; namespace B { }
namespace A { } echo 1;
echo 1; namespace A;
use A\\B; use C\\B;
use function A\\f; function f() {} use function B\\f;
namespace X; use A\\B; class B {}
echo 1; declare(strict_types=1);
declare(strict_types=2);
declare(strict_types=1) { }
declare(nonsense=1);
declare(ticks=$x);
goto a;
goto a; while (1) { a: }
a: a:
switch (1) { default: default: }
match (1) { default => 1, default => 2 };
f(...$a, $b);
f(a: 1, 2);
f(a: 1, a: 2);
f(...$a, ...);
new A(...);
yield 1;
class A { public $x = yield 1; }
function f(): int { yield 1; }
function f() { return static fn() => yield from $x; } function __autoload() {}
enum E { case A = 1; }
enum E: int { case A; }
enum E: float { case A = 1.0; }
enum E { public $x; }
enum E { case A; case A; }
enum E: int { case A = 1; case B = 1; }
class A { case X; }
enum E { function __construct() {} function __get($n) {} }
new class extends B { case X; };
class A { function __construct(public $a, public $a) {} }
class A { public $a; function __construct(public $a) {} }
class A { abstract function __construct(public $a); }
function f(public $a) {}
class A { readonly $x; }
class A { readonly int $x = 1; }
class A { readonly static int $x; }
readonly class A { public $x; }
class A { public public $x; }
class A { static static function f() {} }
class A { final $x; abstract $y; }
class A { static function __construct() {} }
class A { function __construct(): int {} }
class A { function __get() {} }
class A { function __toString(): int {} }
class A { static function __call($a, $b) {} }
class A { public int $x = "s"; }
class A { public void $x; }
class A { public callable $x; }
static $a = 1; function f() { static $a; static $a; }
$x = fn(int $x = "a") => 1;
function() use ($this) {};
function($a) use ($a) {};
function() use ($a, $a) {};
function f() { $GLOBALS = 1; }
$GLOBALS[] = 1; foreach ($x as $GLOBALS) {}
__halt_compiler(); function f() { } (
function f() { __halt_compiler(); }
if (1) { use A; }
function f() { const X = 1; }
function f() { namespace A; }
function f() { class A {} class A {} }
trait T { const X = 1; }
class A { use T { f as g; } } trait T {}
class A { use T { f insteadof U; } }
interface I extends C {} class C {}
class A { use B; } class B {}
trait T extends A {}
static fn() => $this;
class A { static function f() { return $this; } }
$x = "a" <=> "b" <=> "c";
$a = 1 ? 2 : 3 ? 4 : 5;
print 1 == 2 == 3;
$x = 0b12; $y = 0x;
$x = 09;
$x = 1_; $y = _1;
"\\u{110000}";
"\\u{}";
$x = <<<A
  b
 A;
#[Attribute] ;
#[A] #[B
class A { #[Attribute] }
nullsafe?->x = 1;
$a?->b = 1;
foreach ($a as $b?->c) {}
$x = &$a?->b;
unset($a?->b); $a?->b++;
new static; new parent; static::f();
class A { const X = parent::Y; }
class A { function f() { return parent::g(); } }
throw;
exit(1, 2);
echo $x{0};
$x = (real) 1;
$x = (unset) $y;
function list() {}
class A { function list() {} const array = 1; function class() {} }
class A { const string X = "s"; }
interface int {}
class mixed {}
class enum {} enum enum {}
""".strip().splitlines()


@dataclass(frozen=True)
class Case:
    """A text and where it comes from."""

    origin: str
    name: str
    data: bytes


def real(folders: Sequence[Path], count: int, chance: random.Random) -> list[Case]:
    files = [file for folder in folders for file in sorted(folder.rglob("*.php")) if file.is_file()]
    chosen = chance.sample(files, min(count, len(files)))
    return [Case("real", file.name, file.read_bytes()) for file in chosen]


def broken(cases: Sequence[Case], chance: random.Random) -> Iterator[Case]:
    for case in cases:
        tokens = TOKEN.findall(case.data)
        for _ in range(chance.randint(1, 3)):
            if not tokens:
                break
            at = chance.randrange(len(tokens))
            kind = chance.choice(["delete", "double", "swap", "junk", "cut"])
            if kind == "delete":
                del tokens[at]
            elif kind == "double":
                tokens.insert(at, tokens[at])
            elif kind == "swap" and at + 1 < len(tokens):
                tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
            elif kind == "junk":
                tokens.insert(at, chance.choice(JUNK))
            else:
                tokens[at] = tokens[at][:-1]
        yield Case("broken", case.name, b"".join(tokens))


def early() -> list[Case]:
    texts = [f"<?php\n{line}\n".replace("\\\\", "\\").encode() for line in EARLY]
    return [Case("early", line, text) for line, text in zip(EARLY, texts, strict=True)]


def linted(case: Case, file: Path) -> bool:
    file.write_bytes(case.data)
    return subprocess.run([*LINT, str(file)], capture_output=True, check=False).returncode == 0


class Checker:
    """The worker, asked as the product asks it, without the box."""

    def __init__(self) -> None:
        argv = [*PHP.programs["check"].argv, str(WORKER)]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def batch(self, cases: Sequence[Case]) -> list[bool]:
        files = [{"path": case.name, "data": base64.b64encode(case.data).decode()} for case in cases]
        found = [self.ask({"files": files[at : at + BATCH]}) for at in range(0, len(files), BATCH)]
        return [problem is None for answer in found for problem in answer["problems"]]

    def one(self, case: Case) -> bool:
        return self.ask({"path": case.name, "data": base64.b64encode(case.data).decode()})["problem"] is None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    found = real(asked.folders, asked.files, chance)
    cases = [*found, *broken(found, chance), *early()]
    chance.shuffle(cases)
    started = time.perf_counter()
    checker = Checker()
    batched = checker.batch(cases)
    batch_seconds = time.perf_counter() - started
    started = time.perf_counter()
    single = [checker.one(case) for case in cases]
    single_seconds = time.perf_counter() - started
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        truth = [linted(case, Path(folder) / "file.php") for case in cases]
    lint_seconds = time.perf_counter() - started
    wrong = [
        f"{case.origin} {case.name}: php -l says {right}, a batch {one}, a question {two}"
        for case, right, one, two in zip(cases, truth, batched, single, strict=True)
        if not right == one == two
    ]
    figures = {
        "files": {kind: sum(case.origin == kind for case in cases) for kind in ("real", "broken", "early")},
        "rejected": {
            kind: sum(case.origin == kind and not right for case, right in zip(cases, truth, strict=True))
            for kind in ("real", "broken", "early")
        },
        "disagreements": wrong,
        "ms_a_file": {
            "php -l": round(1000 * lint_seconds / len(cases), 2),
            "questions": round(1000 * single_seconds / len(cases), 2),
            "batches of 100, start included": round(1000 * batch_seconds / len(cases), 2),
        },
        "times_faster_in_batches": round(lint_seconds / batch_seconds, 1),
    }
    if asked.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:28} {value}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
