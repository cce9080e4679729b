"""From a model's text to a patch: the owner's bytes stay outside the lines that the model changed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goldseam.core.source import Patch, Snapshot, Span, lines_of
from goldseam.languages.python import PYTHON, enclosing_block
from goldseam.propose.asking.answer import Region, patch_of, region_of


def region(data: bytes, span: Span | None = None) -> Region:
    found = region_of("job.py", data, span or Span(0, len(data)), PYTHON)
    assert found is not None
    return found


def around(data: bytes, marker: bytes) -> Region:
    span = enclosing_block(data, data.index(marker))
    assert span is not None
    return region(data, span)


def repaired(region: Region, answer: str) -> bytes:
    patch = patch_of(region, answer, PYTHON)
    assert isinstance(patch, Patch), patch
    return Snapshot({"job.py": region.data}).apply(patch).files["job.py"]


FILES = {
    "lf": (b"def f(x)\n    return x\n", b"def f(x):\n    return x\n"),
    "crlf": (b"def f(x)\r\n    return x\r\n", b"def f(x):\r\n    return x\r\n"),
    "cr": (b"def f(x)\r    return x\r", b"def f(x):\r    return x\r"),
    "mark": (b"\xef\xbb\xbfdef f(x)\n    return x\n", b"\xef\xbb\xbfdef f(x):\n    return x\n"),
    "mark and crlf": (b"\xef\xbb\xbfdef f(x)\r\n    return x", b"\xef\xbb\xbfdef f(x):\r\n    return x"),
    "no final newline": (b"def f(x)\n    return x", b"def f(x):\n    return x"),
    "three final newlines": (b"def f(x)\n    return x\n\n\n", b"def f(x):\n    return x\n\n\n"),
    "empty lines first": (b"\n\ndef f(x)\n    return x\n", b"\n\ndef f(x):\n    return x\n"),
    "tabs": (b"def f(x)\n\treturn x\n", b"def f(x):\n\treturn x\n"),
    "trailing blanks": (
        b"def f(x)\n    y = x   \n \t\n    return y\t\n",
        b"def f(x):\n    y = x   \n \t\n    return y\t\n",
    ),
    "mixed line ends": (b"def f(x)\n    y = x\r\n    return y\n", b"def f(x):\n    y = x\r\n    return y\n"),
    "another line end in the changed line": (
        b"def f(x)\n    y = x\r\n    return y\r\n",
        b"def f(x):\n    y = x\r\n    return y\r\n",
    ),
    "form feed": (b"a = 1\n\x0c\ndef f(x)\n    return x\n", b"a = 1\n\x0c\ndef f(x):\n    return x\n"),
    "latin-1": (
        b"# coding: latin-1\nname = 'caf\xe9'\ndef f(x)\n    return x\n",
        b"# coding: latin-1\nname = 'caf\xe9'\ndef f(x):\n    return x\n",
    ),
    "next line character": (
        b"# coding: latin-1\nname = 'a\x85b'\ndef f(x)\n    return x\n",
        b"# coding: latin-1\nname = 'a\x85b'\ndef f(x):\n    return x\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FILES.values(), ids=FILES)
def test_a_colon_is_all_that_changes(before: bytes, after: bytes) -> None:
    whole = region(before)
    answer = "\n".join(line.rstrip() for line in whole.text.split("\n")).strip().replace("f(x)", "f(x):")
    assert repaired(whole, answer) == after


EVEN = {name: pair for name, pair in FILES.items() if name != "another line end in the changed line"}


@pytest.mark.parametrize(("before", "after"), EVEN.values(), ids=EVEN)
def test_an_inserted_line_gets_the_line_end_of_the_file(before: bytes, after: bytes) -> None:
    whole = region(before)
    got = repaired(whole, whole.text.replace("f(x)", "f(x):\n    # new"))
    added = [line for line in lines_of(got) if line.strip() == b"# new"]
    assert len(added) == 1
    assert got.replace(added[0], b"") == after
    assert got.replace(b"\r\n", b"").count(b"\n") == after.replace(b"\r\n", b"").count(b"\n") + (
        added[0] == b"    # new\n"
    )


@pytest.mark.parametrize("margin", ["    ", "\t", "        "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_method_is_shown_without_its_margin_and_gets_it_back(margin: str, newline: str) -> None:
    body = ["def f(self):", margin + "a = 1", "", margin + "return b", ""]
    data = newline.join(["class C:", *(margin + line if line else "" for line in body), "z = 1", ""]).encode()
    method = around(data, b"return b")
    assert method.text.startswith("def f(self):\n")
    got = repaired(method, method.text.replace("return b", "return a"))
    assert got == data.replace(b"return b", b"return a")


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_characters_that_only_look_like_line_ends_stay_in_their_line(character: str) -> None:
    data = f"class C:\n    def f(self):\n        x = '{character}y'\n        return z\n".encode()
    method = around(data, b"return z")
    assert repaired(method, method.text.replace("return z", "return x")) == data.replace(
        b"return z", b"return x"
    )


def test_an_answer_that_kept_the_margin_does_not_get_it_twice() -> None:
    data = b"class C:\n    def f(self):\n        return z\n"
    method = around(data, b"return z")
    assert repaired(method, "    def f(self):\n        return self\n") == data.replace(b"z", b"self")


def test_a_line_behind_the_last_one_that_has_no_line_end() -> None:
    assert repaired(region(b"a = 1\nprint(b)"), "a = 1\nprint(a)\nprint(a)") == b"a = 1\nprint(a)\nprint(a)"
    assert repaired(region(b"a = 1\nend"), "a = 1\nend\nmore") == b"a = 1\nend\nmore"
    assert repaired(region(b"a = 1\r\nend"), "a = 1\nend\nmore") == b"a = 1\r\nend\r\nmore"
    assert repaired(region(b"a = 1\nend\nmore"), "a = 1\nend") == b"a = 1\nend"


def test_a_file_that_is_indented_as_a_whole_can_be_moved_to_the_margin() -> None:
    whole = region(b"    a = 1\n    print(a)\n")
    assert whole.text == "    a = 1\n    print(a)\n"
    assert repaired(whole, "a = 1\nprint(a)\n") == b"a = 1\nprint(a)\n"


LONG = "\n".join(["def f(x):", *(f"    a{n} = {n}" for n in range(9)), "    return x", ""])

REJECTED = {
    "the same": (LONG, LONG, "unchanged"),
    "the same but for blanks": (LONG, LONG.replace("\n", " \n"), "unchanged"),
    "lost a function": ("def f(x)\n    pass\ndef g():\n    pass\n", "def f(x):\n    pass\n", "lost g"),
    "only the beginning": (LONG, "def f(x):\n    return 2\n", "incomplete: 2 lines for 11"),
    "placeholder": (LONG, "def f(x):\n    # ... rest of the code ...\n    return x\n", "incomplete"),
}


@pytest.mark.parametrize(("before", "answer", "why"), REJECTED.values(), ids=REJECTED)
def test_what_is_no_candidate(before: str, answer: str, why: str) -> None:
    said = patch_of(region(before.encode()), answer, PYTHON)
    assert isinstance(said, str)
    assert why in said


def test_a_function_that_stands_elsewhere_is_not_written_again() -> None:
    data = b"def g():\n    return 1\n\n\ndef f():\n    return h()\n"
    got = repaired(around(data, b"return h"), "def g():\n    return 1\n\ndef f():\n    return g()\n")
    assert got == data.replace(b"h()", b"g()")


WHOLE = b"import os\n\n\ndef f(x):\n    return y\n\n\ndef g(x):\n    return 2\n\n\nprint(f(1), g(2))\n"
METHOD = (
    b"class C:\n    a = 1\n\n    @property\n    def f(self):\n        return y\n"
    b"\n    def g(self):\n        pass\n"
)
EXCERPTS = {
    "the whole file": (WHOLE, WHOLE.decode().replace("return y", "return x"), b"return x"),
    "a usage example": (WHOLE, "def f(x):\n    return x\n\n\nprint(f(5))\n", b"return x"),
    "an import": (WHOLE, "import os\ndef f(x):\n    return x\n", b"return x"),
    "first the old, then the new": (
        WHOLE,
        "def f(x):\n    return y\n\ndef f(x):\n    return x\n",
        b"return x",
    ),
    "the class around a method": (METHOD, METHOD.decode().replace("return y", "return self"), b"return self"),
    "another indentation": (METHOD, "  @property\n  def f(self):\n      return self\n", b"return self"),
    "text around": (WHOLE, "Here is the\ndef f(x):\n    return x\nThat is all.", b"return x"),
}


@pytest.mark.parametrize(("data", "answer", "line"), EXCERPTS.values(), ids=EXCERPTS)
def test_only_the_span_under_repair_is_taken(data: bytes, answer: str, line: bytes) -> None:
    assert repaired(around(data, b"return y"), answer) == data.replace(b"return y", line)


def test_a_new_helper_is_welcome() -> None:
    data = b"def g():\n    return 1\n\n\ndef f():\n    return h()\n"
    got = repaired(around(data, b"return h"), "def h():\n    return 2\n\n\ndef f():\n    return h()\n")
    assert got == b"def g():\n    return 1\n\n\ndef h():\n    return 2\n\n\ndef f():\n    return h()\n"


def test_a_character_that_the_file_cannot_hold() -> None:
    data = b"# coding: latin-1\nx = y\n"
    said = patch_of(region(data), "# coding: latin-1\nx = '\u20ac'\n", PYTHON)
    assert said == "not writable in iso-8859-1: '\u20ac'"


def test_a_lone_surrogate_is_not_written() -> None:
    said = patch_of(region(b"x = y\n"), "x = '\udce9'\n", PYTHON)
    assert isinstance(said, str)


@pytest.mark.parametrize("data", [b"# coding: klingon\nx\n", b"x = '\xff'\n", b"# coding: rot13\nk\n"])
def test_bytes_that_cannot_be_read_are_no_region(data: bytes) -> None:
    assert region_of("job.py", data, Span(0, len(data)), PYTHON) is None


LINES = st.sampled_from(
    [
        "x = 1",
        "    y",
        "\tz  ",
        "",
        "   ",
        "# \xe9",
        "def f():",
        "s = '\x0c'",
        "t = '\x85'",
        "class C:",
        "  ok \t",
        '"""',
        "end",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    lines = [draw(LINES) + draw(ENDS) for _ in range(draw(st.integers(1, 12)))]
    text = "".join(lines) + draw(LINES | st.just(""))
    head = draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"# coding: latin-1\n"]))
    return head + text.encode("latin-1" if head.startswith(b"#") else "utf-8")


@given(files(), st.integers(0, 30))
def test_bytes_outside_the_changed_line_are_identical(data: bytes, number: int) -> None:
    whole = region(data)
    lines = whole.text.split("\n")
    inhabited = [place for place, line in enumerate(lines) if line.strip()]
    assume(inhabited)
    place = inhabited[number % len(inhabited)]
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip(" \t"))]
    lines[place] = indent + "CHANGED = 99"
    answer = "\n".join(lines)
    patch = patch_of(whole, answer, PYTHON)
    assume(isinstance(patch, Patch))
    assert isinstance(patch, Patch)
    got = lines_of(Snapshot({"job.py": data}).apply(patch).files["job.py"])
    before = lines_of(data)
    differing = [n for n, (old, new) in enumerate(zip(before, got, strict=True)) if old != new]
    assert len(differing) <= 1
    assert b"".join(got).count(b"CHANGED") == 1


@given(files())
def test_an_unchanged_answer_is_never_a_candidate(data: bytes) -> None:
    whole = region(data)
    assert isinstance(patch_of(whole, whole.text, PYTHON), str)
    assert isinstance(patch_of(whole, whole.text.strip("\n"), PYTHON), str)


@given(files(), st.integers(0, 200), st.text(max_size=60))
def test_nothing_outside_the_region_changes(data: bytes, offset: int, answer: str) -> None:
    span = enclosing_block(data, min(offset, len(data)))
    assume(span is not None)
    assert span is not None
    patch = patch_of(region(data, span), answer, PYTHON)
    if isinstance(patch, Patch):
        got = Snapshot({"job.py": data}).apply(patch).files["job.py"]
        assert got.startswith(data[: span.start])
        assert got.endswith(data[span.end :])
