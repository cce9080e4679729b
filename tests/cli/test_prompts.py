"""What `--show-prompt` shows of a question to a model."""

import pytest

from goldseam.cli.asking import HOLE, print_prompt
from goldseam.core.hole import Hole
from goldseam.core.ports import Prompt


def test_a_prompt_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    print_prompt(Prompt("the order", "the \x1b[31mcode", 64, 0.25, 10.0))
    shown = capsys.readouterr().err
    assert "temperature 0.25, at most 64 tokens" in shown
    assert "the order\n\nthe " in shown
    assert "\x1b" not in shown


def test_a_hole_is_shown_between_what_stands_around_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_prompt(Hole("def f():\n", "\nf()\n", 40, 0.8, 10.0, samples=3, beside=(("tests", "assert f()"),)))
    shown = capsys.readouterr().err
    assert "temperature 0.80, at most 40 tokens, 3 times" in shown
    assert f"[tests]\nassert f()\n\ndef f():\n{HOLE}\nf()\n" in shown
