"""Whether a file parses, as Node loads it and as TypeScript reads it: positions, early errors, load rule."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import Config
from goldseam.core.ports import SyntaxChecker
from goldseam.languages.javascript import JAVASCRIPT, TYPESCRIPT
from goldseam.languages.tools.fetching import place, tools_folder
from goldseam.wiring import open_checker

pytestmark = pytest.mark.sandbox

EARLY = r"""
let a; let a;
let a; var a;
const a;
const a = 1; function a() {}
function f(a) { let a; }
function f() { 'use strict'; with (a) {} }
'use strict'; var public = 1;
'use strict'; delete a;
'use strict'; 010;
'use strict'; '\01';
'use strict'; eval = 1;
'use strict'; arguments++;
'use strict'; function f(a, a) {}
'use strict'; if (1) function f() {}
(a, a) => 1;
function f(a = 1) { 'use strict'; }
function f(...a, b) {}
function f({ a }, a) { 'use strict'; }
break;
continue;
a: { continue a; }
while (1) { break b; }
a: a: 1;
if (1) let a;
if (1) class A {}
while (0) const b = 1;
for (let a, b of c) {}
for (let a = 1 of c) {}
for (const a in b, c; ;) {}
for (let let of a) {}
let let = 1;
let [a, a] = b;
try {} catch (a) { let a; }
try {} catch ([a, a]) {}
switch (1) { case 1: let a; case 2: let a; }
switch (1) { default: default: }
class A { constructor() {} constructor() {} }
class A { constructor() { super(); } }
class A { get constructor() {} }
class A { static prototype() {} }
class A { #a; #a; }
class A { f() { this.#b; } }
class A { f() { delete this.#a; } #a; }
class A extends B { f() { super(); } }
function f() { super.a; }
function f() { new.target = 1; }
yield => { 'use strict'; };
function* f() { yield = 1; }
function* f(a = yield) {}
async function f() { (await) => 1; }
async (a = await 1) => 1;
async function f() { function g() { await 1; } }
1 = 2;
a + b = 1;
a++ ++;
++a++;
for (1 of a) {}
({ a: 1 } = 1);
({ a = 1 });
[a, ...b, c] = d;
({ get a(b) {} });
({ set a() {} });
({ __proto__: 1, __proto__: 2 });
a?.b = 1;
new a?.b();
a ?? b || c;
-1 ** 2;
/(/;
/a/gg;
/(?<a>.)(?<a>.)/;
/[b-a]/;
'\u{110000}';
`\u{g}`;
'\x0';
1a;
1_;
0b2;
08n;
throw
1;
async () => { for await (const a in b) {} };
import.meta.x = 1; return 2;
label: async function* f() {}
""".strip().replace("throw\n1;", "throw \\n1;")
EARLY_LIST = [line.replace("\\n1", "\n1") for line in EARLY.splitlines()]
LOADS = {
    "return at the top": ("a.js", None, "return 1;"),
    "a module by its import": ("a.js", None, "import a from 'b';\nawait a;"),
    "a module by its export": ("a.js", "{}", "export default 1;"),
    "await at the top": ("a.js", None, "const a = await b;"),
    "await in arguments": ("a.js", None, "f(await b);"),
    "a name of the wrapper": ("a.js", None, "const require = 1; await require;"),
    "import.meta": ("a.js", None, "f(import.meta.url);"),
    "hashbang": ("a.js", None, "#!/usr/bin/env node\nlet a;"),
    "byte order mark and hashbang": ("a.js", None, "\ufeff#!/usr/bin/env node\nlet a;"),
    "sloppy code": ("a.cjs", None, "with (a) {} var public = 010;"),
    "commonjs below a module": ("a.cjs", '{"type": "module"}', "return 1;"),
    "module below commonjs": ("a.mjs", '{"type": "commonjs"}', "export default 1;"),
    "a package that is no json": ("a.js", "{", "return 1;"),
}
REFUSED = {
    "return in a module": ("a.js", '{"type": "module"}', "return 1;"),
    "sloppy code in a module": ("a.mjs", None, "with (a) {}"),
    "import in commonjs": ("a.js", '{"type": "commonjs"}', "import a from 'b';"),
    "import in .cjs": ("a.cjs", '{"type": "module"}', "import a from 'b';"),
    "a broken module": ("a.js", None, "import x from 'y'; foo bar"),
    "a broken rest behind await": ("a.js", None, "await 1; foo bar"),
    "await in a function": ("a.js", None, "function f() { await 1; }"),
    "redeclared, and no module": ("a.js", None, "let module = 1; with (a) {}"),
}
PLACES = {
    "a word": ("a.js", "let a;\n  foo |bar| baz\n"),
    "behind wide characters": ("a.js", "const é = '😀'; foo |bar|;\n"),
    "in a module": ("a.mjs", "export let a;\nconst b = |;|\n"),
    "the end": ("a.js", "f(||"),
    "line separators": ("a.js", "f('\u2028');\nfoo |bar|\n"),
    "crlf": ("a.js", "a;\r\nfoo |bar|\r\n"),
    "byte order mark": ("a.js", "\ufefffoo |bar|\n"),
    "typescript": ("a.ts", "let é: number = |;|\n"),
    "tsx": ("a.tsx", "const a = <|div|>;\n"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("check")


@pytest.fixture(scope="module")
def checker(root) -> Iterator[SyntaxChecker]:
    with open_checker(Config(), (JAVASCRIPT, TYPESCRIPT), root) as found:
        yield found


@pytest.mark.parametrize("source", EARLY_LIST)
def test_early_errors(checker, source) -> None:
    assert checker.check("a.cjs", source.encode()) is not None


def test_node_refuses_the_same_early_errors() -> None:
    assert len(set(EARLY_LIST)) >= 50
    script = (
        "const { compileFunctionForCJSLoader: c } = require('internal/test/binding')"
        ".internalBinding('contextify');"
        "const said = JSON.parse(require('fs').readFileSync(0, 'utf8')).filter((text) => {"
        " try { c(text, 'a.cjs', false, false); return true; } catch { return false; } });"
        "console.log(JSON.stringify(said));"
    )
    argv = ["node", "--no-warnings", "--expose-internals", "-e", script]
    ended = subprocess.run(argv, input=json.dumps(EARLY_LIST), capture_output=True, text=True, timeout=60)
    assert json.loads(ended.stdout) == []


def checked(checker, root, name, package, source):
    file = root / "package.json"
    file.unlink(missing_ok=True)
    if package is not None:
        file.write_text(package)
    return checker.check(name, source.encode())


@pytest.mark.parametrize(("name", "package", "source"), LOADS.values(), ids=LOADS)
def test_what_loads(checker, root, name, package, source) -> None:
    assert checked(checker, root, name, package, source) is None


@pytest.mark.parametrize(("name", "package", "source"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_load(checker, root, name, package, source) -> None:
    assert checked(checker, root, name, package, source) is not None


@pytest.mark.parametrize(("name", "marked"), PLACES.values(), ids=PLACES)
def test_where(checker, root, name, marked) -> None:
    if name.endswith((".ts", ".tsx")) and not place(tools_folder()).is_dir():
        pytest.skip("needs `goldseam tools pull`")
    before, said, after = marked.split("|")
    problem = checker.check(name, (before + said + after).encode())
    assert problem is not None
    start = len(before.encode())
    assert (problem.span.start, problem.span.end) == (start, start + len(said.encode()))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"{" * 100_000, b"`${" * 3_000, bytes(range(256)) * 50]
)
def test_any_bytes_are_answered(checker, data) -> None:
    problem = checker.check("a.js", data)
    assert problem is None or problem.span.end <= len(data)
    assert checker.check("b.js", b"let a;") is None


def test_nothing_is_run(checker, root) -> None:
    source = b"require('fs').writeFileSync('/tmp/was-run', ''); process.exit(3);"
    assert checker.check("a.js", source) is None
    assert checker.check("b.mjs", b"process.exit(3); export {};") is None
    assert not Path("/tmp/was-run").exists()
