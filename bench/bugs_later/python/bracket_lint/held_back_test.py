import pytest

from brackets import first_problem


@pytest.mark.parametrize("good", ["", "{[()]}", "{()[{}]}", "([]\n{})", '("[" + "]")', "a(b(c[d{e}]))"])
def test_good(good):
    assert first_problem(good) is None


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("([)]", "1:3: ')' does not close '[' of line 1"),
        ("{\n(\n}", "3:1: '}' does not close '(' of line 2"),
        ("(]", "1:2: ']' does not close '(' of line 1"),
        ("()}", "1:3: nothing opened for '}'"),
        ("([]", "1:1: '(' is never closed"),
        ("([", "1:2: '[' is never closed"),
    ],
)
def test_bad(bad, told):
    assert first_problem(bad) == told
