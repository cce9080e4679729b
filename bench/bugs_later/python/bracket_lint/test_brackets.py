import pytest

from brackets import Problem, check, first_problem


def test_flat():
    assert first_problem("(a) [b] {c}") is None


def test_nested():
    assert first_problem("f([1, 2], {'a': (3)})") is None


def test_wrong_sign():
    assert first_problem("f(\n  [1, 2)\n)") == "2:8: ')' does not close '[' of line 2"


def test_never_closed():
    assert first_problem("a = [1,\n2") == "1:5: '[' is never closed"


def test_too_many():
    with pytest.raises(Problem) as caught:
        check("a)")
    assert caught.value.column == 2


def test_quotes():
    assert first_problem("print('(')") is None
