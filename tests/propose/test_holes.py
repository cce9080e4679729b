"""Holes in functions, and what is written into them, in three languages."""

import pytest

from goldseam.core.language import Language
from goldseam.core.source import Span
from goldseam.languages.javascript import JAVASCRIPT
from goldseam.languages.php import PHP
from goldseam.languages.python import PYTHON
from goldseam.propose.asking.answer import Region, region_of
from goldseam.propose.asking.holes import (
    MOST_BLOCK_LINES,
    Gap,
    block_gap,
    body_gap,
    body_start,
    documentation_of,
    expression_gap,
    filled,
    hole_of,
    insertion_gap,
    statement_gap,
)

SOURCE = '''\
class Cart:
    def total(self, prices):
        """The sum of all prices."""
        total = 0
        for price in prices:
            if price > 0:
                total += price
            total = round(total, 2)
        return total
'''
SCRIPT = """\
/** The sum of all prices. */
function total(prices) {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  return sum;
}
"""
PAGE = """\
<?php
function total($prices) {
    $sum = 0;
    foreach ($prices as $p) {
        $sum += $p;
    }
    return $sum;
}
"""


def region(text: str, language: Language, path: str, at: str) -> Region:
    data = text.encode()
    span = language.enclosing_block(data, data.index(at.encode()))
    assert span is not None
    found = region_of(path, data, span, language)
    assert found is not None
    return found


@pytest.fixture
def method() -> Region:
    return region(SOURCE, PYTHON, "cart.py", "total = 0")


def test_a_block_ends_where_the_indentation_does(method: Region) -> None:
    assert [(gap.first, gap.end) for line in (2, 4, 5, 7) if (gap := block_gap(method, line))] == [
        (2, 8),
        (4, 7),
        (5, 6),
        (7, 8),
    ]


@pytest.mark.parametrize(
    ("text", "language", "path", "line", "expected"),
    [
        (SCRIPT, JAVASCRIPT, "a.js", 3, (3, 4)),
        (SCRIPT, JAVASCRIPT, "a.js", 1, (1, 6)),
        (PAGE, PHP, "a.php", 3, (3, 4)),
    ],
)
def test_a_closing_brace_is_outside(
    text: str, language: Language, path: str, line: int, expected: tuple[int, int]
) -> None:
    gap = block_gap(region(text, language, path, "sum = 0"), line)
    assert gap is not None
    assert (gap.first, gap.end) == expected
    assert "\n}" in gap.stop


def test_a_line_that_is_not_indented_enough_ends_it(method: Region) -> None:
    gap = block_gap(method, 4)
    assert gap is not None
    assert {"\nd", "\n    d", "\n        r"} <= set(gap.stop)
    assert not any(stop.startswith("\n            ") for stop in gap.stop)


def test_of_a_long_block_a_few_statements_are_written_anew() -> None:
    text = "def f():\n" + "".join(f"    a{n} = (\n        {n}\n    )\n" for n in range(MOST_BLOCK_LINES))
    gap = block_gap(region(text, PYTHON, "a.py", "a0"), 1)
    assert gap is not None
    assert gap.end - gap.first <= 6
    assert filled(region(text, PYTHON, "a.py", "a0"), gap, "    a0 = 1\n    a1 = 2\n")


def test_a_body_keeps_its_documentation(method: Region) -> None:
    gap = body_gap(method, 0)
    assert gap is not None
    assert (gap.first, gap.end) == (2, 8)
    assert documentation_of(method, 0).strip() == '"""The sum of all prices."""'


def test_the_comment_above_documents_a_function() -> None:
    assert documentation_of(region(SCRIPT, JAVASCRIPT, "a.js", "let"), 0) == "/** The sum of all prices. */"
    assert documentation_of(region(PAGE, PHP, "a.php", "$sum"), 0) == ""


def test_the_hole_has_its_function_around_it_at_its_own_depth(method: Region) -> None:
    gap = statement_gap(method, 5, 6)
    assert gap is not None
    hole = hole_of(
        method, gap, "class Cart:", ("caller(1)",), (), temperature=0.8, samples=3, seed=9, seconds=5.0
    )
    assert hole.prefix.startswith("class Cart:\n\n    def total(self, prices):\n")
    assert hole.prefix.endswith("            if price > 0:\n")
    assert hole.suffix == "            total = round(total, 2)\n        return total\n\n\ncaller(1)\n"
    assert (hole.stop, hole.samples, hole.seed, hole.temperature) == (("\n",), 3, 9, 0.8)


def test_what_is_written_takes_the_place_of_the_lines(method: Region) -> None:
    gap = Gap(4, 7, 40, ())
    text = filled(method, gap, "            total += price\n")
    assert text is not None
    assert text.split("\n")[3:6] == ["    for price in prices:", "        total += price", "    return total"]


def test_what_goes_on_behind_the_block_is_cut(method: Region) -> None:
    text = filled(
        method, Gap(4, 7, 40, ()), "            total += price\n        return 5\n    def other(self):\n"
    )
    assert text is not None
    assert "return 5" not in text
    assert "other" not in text


@pytest.mark.parametrize("written", ["", "\n\n", "return 1", "    return 1", "                    x = 1"])
def test_what_stands_at_another_depth_is_none(method: Region, written: str) -> None:
    assert filled(method, Gap(4, 7, 40, ()), written) is None


@pytest.mark.parametrize(
    ("line", "before", "written", "expected"),
    [
        ("    if x > 1:", "    if", " x >= 1", "    if x >= 1:"),
        ("    } else if (x > 1) {", "    } else if", " (x >= 1)", "    } else if (x >= 1) {"),
        ("    return a + b;", "    return", " a - b", "    return a - b;"),
        ("    a.b += c * 2", "    a.b +=", " c", "    a.b += c"),
        ("    for x in rows:", "    for x in", " rows[1:]", "    for x in rows[1:]:"),
        ("    const a = f(b);", "    const a =", " f(c)", "    const a = f(c);"),
    ],
)
def test_an_expression(line: str, before: str, written: str, expected: str) -> None:
    data = f"def f():\n{line}\n".encode()
    at = region_of("a.py", data, Span(0, len(data)), PYTHON)
    assert at is not None
    gap = expression_gap(at, 1)
    assert gap is not None
    assert gap.before == before
    text = filled(at, gap, written)
    assert text is not None
    assert text.split("\n")[1] == expected


@pytest.mark.parametrize("line", ["    call()", "    x = [", "    else:"])
def test_no_expression(line: str) -> None:
    data = f"def f():\n{line}\n".encode()
    at = region_of("a.py", data, Span(0, len(data)), PYTHON)
    assert at is not None
    assert expression_gap(at, 1) is None


def test_an_insertion_takes_nothing_away(method: Region) -> None:
    gap = insertion_gap(method, 7)
    assert gap is not None
    text = filled(method, gap, "        total += 1\n")
    assert text is not None
    assert text.split("\n")[6:9] == ["        total = round(total, 2)", "    total += 1", "    return total"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("def f(\n    a,\n    b=(1, 2),\n):\n    return a\n", 4),
        ("def f(a): # why\n    return a\n", 1),
        ('def f(a):\n    """One.\n\n    Two.\n    """\n\n    return a\n', 6),
        ("function f(\n  a,\n) {\n  return a;\n}\n", 3),
        ("function f(a)\n{\n  return a;\n}\n", 2),
        ("def f(a): return a\n", None),
    ],
)
def test_where_a_body_begins(text: str, first: int | None) -> None:
    assert body_start(text.split("\n"), 0) == first
