"""Functions of languages with braces, also where the text does not parse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.languages.brace_blocks import bare
from goldseam.languages.javascript import ECMASCRIPT, JAVASCRIPT

BLOCKS = {
    "function": "const x = 1;\n[function f() {\n  |a();\n}\n]f();\n",
    "head line": "[function |f() {\n  a();\n}\n]y\n",
    "nested": "function f() {\n[  function g() {\n    |a();\n  }\n]  return g;\n}\n",
    "after a nested one": "[function f() {\n  function g() {\n    a();\n  }\n  |return g;\n}\n]",
    "method": "class C {\n[  f() {\n    |a();\n  }\n]  g() {\n    b();\n  }\n}\n",
    "private static async method": "class C {\n[  static async #f(a, b) {\n    |a();\n  }\n]}\n",
    "getter": "const o = {\n[  get size() {\n    |a();\n  },\n]  b: 1,\n};\n",
    "class body": "[class C extends D {\n  |x = 1;\n  f() {}\n}\n]z\n",
    "arrow": "[const f = async (a, { b } = {}) => {\n  |a();\n};\n]z\n",
    "arrow without a block": "[const f = (a) =>\n  |a + 1;\n]const g = () => {\n};\n",
    "property": "const o = {\n[  f: function () {\n    |a();\n  },\n]  g: 1,\n};\n",
    "exports": "[exports.f = function (a) {\n  |a();\n};\n]z\n",
    "typed": "[export async function f<T>(a: T): Promise<{ a: T }> {\n  |a();\n}\n]z\n",
    "typed arrow": "[const f: Fn<A> = (a: number): string => {\n  |a();\n};\n]z\n",
    "signature over lines": "[function f(\n  a,\n  b\n) {\n  |a();\n}\n]z\n",
    "brace on its own line": "[function f()\n{\n  |a();\n}\n]z\n",
    "braces in strings": "[function f() {\n  const a = '}';\n  const b = `}${`}`}`;\n  |a();\n}\n]z\n",
    "braces in comments": "[function f() {\n  // }\n  /* } */\n  |a();\n}\n]z\n",
    "braces in a regular expression": "[function f() {\n  const a = /[/}]}'/g;\n  |a();\n}\n]z\n",
    "division": "[function f(a) {\n  const x = a / 2; const y = '/';\n  |a();\n}\n]z\n",
    "template at the margin": "[function f() {\n  const a = `\n}\n`;\n  |a();\n}\n]z\n",
    "decorated": "class C {\n[  @log()\n  f() {\n    |a();\n  }\n]}\n",
    "a missing brace inside": "[function f(x) {\n  if (x) {\n    |a();\n}\n]function g() {\n}\n",
    "a brace too many inside": "[function f(x) {\n  if (x)\n    a(); }\n  |b();\n}\n]function g() {\n}\n",
    "no end": "[function f(x) {\n  |a();\n]function g() {\n}\n",
    "an open string": "[function f(x) {\n  a('}\n  |b();\n}\n]function g() {\n}\n",
    "crlf": "[function f() {\r\n  |a();\r\n}\r\n]z\r\n",
    "tabs": "class C {\n[\tf() {\n\t\t|a();\n\t}\n]}\n",
    "no final newline": "[function f() {\n  |a();\n}]",
    "two on a line": "[const f = () => { |a(); }; const g = () => {};\n]z\n",
}
NO_BLOCKS = {
    "top level": "function f() {\n}\n|x();\n",
    "before any": "|x();\nfunction f() {\n}\n",
    "a block that is no function": "if (x) {\n  |a();\n}\n",
    "a loop": "for (const a of b) {\n  |a();\n}\n",
    "empty": "|",
}


@pytest.mark.parametrize("marked", BLOCKS.values(), ids=BLOCKS)
def test_block(marked: str) -> None:
    text = marked.replace("[", "\0", 1)
    start = text.index("\0")
    at = text.index("|") - 1
    end = text.rindex("]") - 2
    data = text.replace("\0", "").replace("|", "", 1).encode()
    data = data[:end] + data[end + 1 :]
    found = JAVASCRIPT.enclosing_block(data, at)
    assert found is not None
    assert data[found.start : found.end].decode() == data[start:end].decode()


@pytest.mark.parametrize("marked", NO_BLOCKS.values(), ids=NO_BLOCKS)
def test_no_block(marked: str) -> None:
    data = marked.replace("|", "").encode()
    assert JAVASCRIPT.enclosing_block(data, marked.index("|")) is None


DEFINITIONS = {
    "function a() {} function* b() {}": "a b",
    "class A { m(x) { return x; }\n  static async n() {\n}\n}": "A n",
    "const a = () => 1, b = x => x, c = function () {};": "a b c",
    "module.exports.d = async (x) => x;": "d",
    "if (x) {\n}\nwhile (y) {\n}\nswitch (z) {\n}": "",
    "// function a() {}\n'function b() {}';\n/function c() {}/": "",
    "export default function main() {}": "main",
    "interface Shape {}\nenum Kind {}": "Shape Kind",
    "call(x);\nconst y = 1;": "",
    "const über = () => {};": "über",
}


@pytest.mark.parametrize(("text", "names"), DEFINITIONS.items())
def test_definitions(text: str, names: str) -> None:
    assert JAVASCRIPT.definitions(text) == frozenset(names.split())


@given(
    st.lists(st.sampled_from([*"`'\"/\\{}()[]$\n a=>", "${", "//", "/*", "*/", "function f", "=> {"])).map(
        "".join
    )
)
def test_any_text_keeps_its_places(text: str) -> None:
    data = text.encode()
    code = bare(data, ECMASCRIPT)
    assert len(code) == len(data)
    assert [at for at, byte in enumerate(code) if byte == 10] == [
        at for at, byte in enumerate(data) if byte == 10
    ]
    for offset in range(0, len(data) + 1, 3):
        span = JAVASCRIPT.enclosing_block(data, offset)
        assert span is None or 0 <= span.start <= offset <= span.end <= len(data)


@pytest.mark.parametrize(
    "piece", ["(", "a(", "`${", "a = (", "x: (", "function f(", "/*", "{", "'", "/", "f<", "class A"]
)
@pytest.mark.timeout(20)
def test_repeated_pieces_take_no_time(piece: str) -> None:
    data = (piece * 20_000).encode()
    JAVASCRIPT.enclosing_block(data, len(data) // 2)
