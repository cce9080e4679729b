import random

import pytest

from calculator import calculate


def text(draw, depth):
    if depth == 0 or draw.random() < 0.2:
        return str(draw.randrange(1, 50))
    kind = draw.randrange(4)
    if kind == 0:
        return f"({text(draw, depth - 1)})"
    if kind == 1:
        return f"-({text(draw, depth - 1)})"
    return f"{text(draw, depth - 1)} {draw.choice('+-*')} {text(draw, depth - 1)}"


def test_like_python():
    draw = random.Random(8)
    for _ in range(200):
        line = text(draw, 4)
        assert calculate(line) == eval(line)


def test_division():
    assert calculate("1 / 4 / 2") == 0.125


@pytest.mark.parametrize("line", ["", "1 +", "(1", "1)", "2 3", "*", "1 % 2"])
def test_no_expression(line):
    with pytest.raises(SyntaxError):
        calculate(line)
