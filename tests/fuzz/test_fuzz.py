"""A share of `bench/fuzz.py` everywhere; more by `make bench-fuzz`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from fuzz_targets import CORPORA, FEEDS, feed_of

from fuzz import fuzz

SECONDS = 5.0


@pytest.mark.parametrize("target", CORPORA)
def test_no_crash_and_no_hang(target: str) -> None:
    found = fuzz(target, inputs=20_000, seconds=5.0, seed=4, most_seconds=SECONDS)
    assert found["failures"] == []
    assert found["inputs"] > 100


def test_a_crash_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(data: bytes) -> None:
        raise KeyError("boom")

    monkeypatch.setitem(FEEDS, "junit", explode)
    found = fuzz("junit", inputs=3, seconds=5.0, seed=4, most_seconds=SECONDS)
    assert (found["inputs"], found["crashes"]) == (3, 3)


def test_a_hang_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stay(data: bytes) -> None:
        while True:
            pass

    monkeypatch.setitem(FEEDS, "junit", stay)
    assert fuzz("junit", inputs=1, seconds=0.1, seed=4, most_seconds=SECONDS)["hangs"] == 1


FOUND = {
    "config": [b"x = " + b"[" * 2000, b"x = " + b"9" * 5000],
    "traceback": [
        b'Traceback (most recent call last):\n  File "job.py", line ' + b"9" * 5000 + b", in f\nE\n"
    ],
    "pipeline": [b"# coding: idna\n~~~\\\n" + b"\xff" + "lambda:\u202e\n".encode()],
}


@pytest.mark.parametrize("target", FOUND)
def test_what_was_found_once(target: str) -> None:
    with feed_of(target) as feed:
        for data in FOUND[target]:
            feed(data)
