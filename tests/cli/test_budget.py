"""What `heal` may spend: the command line's limits, the configured ones, and what the faults will decide."""

from pathlib import Path

import pytest

from goldseam.cli.healing import Request, budget_of
from goldseam.config import load
from goldseam.core.budget import LIMITS

NOTHING = {
    "run": None, "test": None, "expect": None, "expect_file": None, "dry_run": False, "review": False,
    "branch": False, "no_model": False, "chain": None, "rungs": None, "max_seconds": None, "max_tokens": None,
    "max_attempts": None, "show_prompt": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "toml", "left_open", "limits"),
    [
        ({}, "", LIMITS, (12, 40_000, 300.0)),
        ({"max_seconds": 9.0}, "", LIMITS - {"seconds"}, (12, 40_000, 9.0)),
        ({"max_tokens": 0}, "", LIMITS - {"tokens"}, (12, 0, 300.0)),
        ({"max_attempts": 2}, "[limits]\nattempts = 5\n", LIMITS - {"attempts"}, (2, 40_000, 300.0)),
        ({}, "[limits]\nattempts = 5\nseconds = 300.0\n", {"tokens"}, (5, 40_000, 300.0)),
    ],
)
def test_what_nobody_limits_is_left_open(
    tmp_path: Path, given: dict[str, object], toml: str, left_open: set[str], limits: tuple[float, ...]
) -> None:
    (tmp_path / "goldseam.toml").write_text(toml)
    budget = budget_of(Request.of((), {**NOTHING, **given}), load(tmp_path, {}))
    assert (budget.attempts, budget.tokens, budget.seconds) == limits
    assert budget.left_open == left_open
