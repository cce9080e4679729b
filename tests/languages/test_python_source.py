"""Encodings, blocks and definitions of Python source, also where it does not parse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldseam.core.language import language_of
from goldseam.languages.python import PYTHON, definitions, enclosing_block, encoding_of

ENCODINGS = {
    "none": (b"x = 1\n", "utf-8"),
    "empty": (b"", "utf-8"),
    "mark": (b"\xef\xbb\xbfx = 1\n", "utf-8-sig"),
    "latin-1": (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "iso-8859-1"),
    "second line": (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
    "crlf": (b"# coding: latin-1\r\nx = 1\r\n", "iso-8859-1"),
    "third line does not count": (b"\n\n# coding: latin-1\n", "utf-8"),
    "after code does not count": (b"x = 1\n# coding: latin-1\n", "utf-8"),
}


@pytest.mark.parametrize(("data", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_encoding(data: bytes, encoding: str) -> None:
    assert encoding_of(data) == encoding


@pytest.mark.parametrize(
    "data",
    [b"# coding: klingon\nx = 1\n", b"\xef\xbb\xbf# coding: latin-1\n", b"x = '\xff'\n"],
    ids=["unknown", "mark and cookie disagree", "not utf-8"],
)
def test_no_encoding(data: bytes) -> None:
    with pytest.raises((ValueError, LookupError)):
        encoding_of(data).encode()


BLOCKS = {
    "function": ("x = 1\n[def f():\n    a\n    |b\n]y = 2\n", True),
    "head line": ("[def |f()\n    a\n]y\n", True),
    "method, not its class": (
        "class C:\n[    def f(self):\n        |a\n]    def g(self):\n        b\n",
        True,
    ),
    "nested": ("def f():\n[    def g():\n        |a\n]    return g\n", True),
    "after a nested one": ("[def f():\n    def g():\n        a\n    |return g\n]", True),
    "class body": ("[class C:\n    |x = 1\n    def f(self): pass\n]z\n", True),
    "decorators": ("[@cache\n@other(1)\ndef f():\n    |a\n]y\n", True),
    "async": ("[async def f():\n    |a\n]y\n", True),
    "blank lines and comments inside": ("[def f():\n    a\n\n# note\n    |b\n]\ny\n", True),
    "closing bracket at the margin": ("[def f(\n    a,\n):\n    |b\n]y\n", True),
    "signature over several lines": ("[def f(\n    a: int,\n) -> int:\n    |b\n]y\n", True),
    "after a call over several lines": ("[def f():\n    g(\n        1\n    )\n    |b\n]y\n", True),
    "crlf": ("[def f():\r\n    |a\r\n]y\r\n", True),
    "tabs": ("class C:\n[\tdef f(self):\n\t\t|a\n]\tx = 1\n", True),
    "no final newline": ("[def f():\n    |a]", True),
    "does not parse": ("[def f()\n    a = (\n    |b\n]y = 2\n", True),
    "module level": ("def f():\n    a\n|x = 1\n", False),
    "before any": ("|x = 1\ndef f():\n    a\n", False),
    "block that is no function": ("if x:\n    |a\n", False),
    "word that begins like def": ("definite = 1\n    |a\n", False),
    "empty": ("|", False),
}


@pytest.mark.parametrize(("marked", "found"), BLOCKS.values(), ids=BLOCKS)
def test_enclosing_block(marked: str, found: bool) -> None:
    plain = marked.replace("[", "", 1).replace("]", "", 1) if found else marked
    data, offset = plain.replace("|", "").encode(), plain.index("|")
    span = enclosing_block(data, offset)
    if not found:
        assert span is None
        return
    assert span is not None
    inside = marked[marked.index("[") + 1 : marked.rindex("]")].replace("|", "")
    assert data[span.start : span.end].decode() == inside


LINES = st.lists(
    st.sampled_from(
        [
            "def f():",
            "    x",
            "class C:",
            "  def g(self)",
            "\t\ty",
            "",
            "# c",
            ")",
            "@d",
            "async def h():",
            "    def i():",
        ]
    ),
    max_size=15,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 200))
def test_a_block_is_whole_lines_around_the_offset(lines: list[str], newline: str, offset: int) -> None:
    data = newline.join(lines).encode()
    offset = min(offset, len(data))
    span = enclosing_block(data, offset)
    if span is not None:
        assert span.start <= offset
        assert not data[span.end : offset].strip()
        assert span.start == 0 or data[span.start - 1 : span.start] in (b"\n", b"\r")
        assert span.end == len(data) or data[span.end - 1 : span.end] in (b"\n", b"\r")


def test_definitions_at_any_depth_also_where_nothing_parses() -> None:
    text = "def f()\n  class  Inner:\nasync  def g(:\n    def é():\nx = 'undefined'\n"
    assert definitions(text) == {"f", "Inner", "g", "é"}


def test_only_code_counts_as_a_definition() -> None:
    text = "# def commented():\ns = 'class of its own'\nprint('def x')\nmodel = 1\n"
    assert definitions(text) == frozenset()


@pytest.mark.parametrize(
    ("path", "known"),
    [("a.py", True), ("A.PY", True), ("w.pyw", True), ("a.pyc", False), ("py", False), ("a.py.bak", False)],
)
def test_files_by_suffix(path: str, known: bool) -> None:
    assert (language_of(path, (PYTHON,)) is PYTHON) is known


def test_a_path_is_quoted_for_the_shell() -> None:
    assert PYTHON.run_command("a b;rm.py") == "python3 'a b;rm.py'"
