"""The real embedded model fills holes: through the port, and through the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from goldseam.config import ModelEntry
from goldseam.core.hole import Hole
from goldseam.models.chain import ModelChain, Named, build_model
from goldseam.models.embedded import EmbeddedServer, ServerSettings
from goldseam.models.weights import DEFAULT_MODEL, known_model, locate, model_folder
from goldseam.sandbox.host import spawn_trusted

pytestmark = [pytest.mark.model, pytest.mark.timeout(900)]

PREFIX = '"""Invoices with 20 % tax."""\nTAX = 0.20\n\n\ndef gross(net):\n    """With its tax."""\n'
SOURCE = """\
def winner(ballots):
    counts = {}
    for name in ballots:
        counts[name] = 1
    best = max(counts.values(), default=0)
    leaders = [name for name, count in counts.items() if count == best]
    return leaders[0] if len(leaders) == 1 else None
"""
TESTS = """\
from votes import winner


def test_winner():
    assert winner(["ann", "bob", "ann"]) == "ann"


def test_tie():
    assert winner(["ann", "bob"]) is None
"""


@pytest.fixture(scope="module")
def model() -> Iterator[ModelChain]:
    settings = ServerSettings(locate(known_model(DEFAULT_MODEL), model_folder()), DEFAULT_MODEL)
    server = EmbeddedServer(settings, spawn_trusted, os.environ)
    chain = build_model((Named("local", ModelEntry(provider="local")),), lambda _: server)
    chain.start()
    yield chain
    chain.close()


def test_several_samples_are_written_on_one_reading(model: ModelChain) -> None:
    assert model.can_infill
    hole = Hole(PREFIX, "\n\nprint(gross(10))\n", 40, 0.8, 300.0, stop=("\np", "\nd"), samples=3, seed=1)
    first, again, once_more = model.fill(hole), model.fill(hole), model.fill(hole)
    assert again.texts == once_more.texts
    assert len(first.texts) == len(again.texts) == 3
    assert any("TAX" in text for text in first.texts)
    assert again.tokens.prompt < first.tokens.prompt < 3 * len(PREFIX)


@pytest.mark.sandbox
def test_a_function_that_says_nothing_is_healed(tmp_path: Path) -> None:
    (tmp_path / "votes.py").write_text(SOURCE)
    (tmp_path / "test_votes.py").write_text(TESTS)
    options = ["--test", "python3 -m pytest -q", "--rungs", "infill", "--json"]
    ended = subprocess.run(
        [sys.executable, "-m", "goldseam", "heal", "votes.py", *options],
        cwd=tmp_path,
        env={**os.environ, "VIRTUAL_ENV": sys.prefix},
        capture_output=True,
        text=True,
        timeout=800,
    )
    [result] = json.loads(ended.stdout)["results"]
    assert (result["outcome"], result["rung"]) == ("healed", "infill"), ended.stderr
    assert 0 < result["tokens"]["completion"] < 400
    assert "return leaders[0] if len(leaders) == 1 else None" in (tmp_path / "votes.py").read_text()
