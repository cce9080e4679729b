import random

import pytest

from backoff import Backoff, GaveUp, call


def test_pauses():
    assert Backoff(base=0.25, cap=3).pauses(6) == [0.25, 0.5, 1, 2, 3, 3]
    assert Backoff(base=3, cap=1000).pauses(4) == [3, 6, 12, 24]
    assert Backoff(base=10, cap=7).pauses(2) == [7, 7]
    assert Backoff().pause(40) == 60


def test_jitter():
    backoff = Backoff(base=10, cap=40, jitter=0.1, rng=random.Random(1))
    for attempt, most in enumerate([10, 20, 40, 40]):
        assert most * 0.9 <= backoff.pause(attempt) <= most


def test_slept():
    slept = []
    with pytest.raises(GaveUp):
        call(lambda: int("x"), Backoff(base=1, cap=5), 5, slept.append, (ValueError,))
    assert slept == [1, 2, 4, 5]
