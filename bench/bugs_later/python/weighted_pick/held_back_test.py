import random

import pytest

from raffle import Raffle


def test_each_ticket():
    raffle = Raffle({"a": 1, "b": 0, "c": 2, "d": 0, "e": 1})
    assert [raffle.prize(ticket) for ticket in range(4)] == ["a", "c", "c", "e"]
    for ticket in (-1, 4):
        with pytest.raises(IndexError):
            raffle.prize(ticket)


def test_odds():
    assert Raffle({"a": 1, "b": 3}).odds() == {"a": 0.25, "b": 0.75}
    assert Raffle({"z": 0, "a": 4, "y": 0, "b": 1}).odds() == {"a": 0.8, "b": 0.2}
    assert Raffle({"a": 7}).odds() == {"a": 1.0}


def test_draw_is_fair():
    drawn = Raffle({"a": 1, "b": 1}).draw(random.Random(3), 2000)
    assert 850 < drawn.count("a") < 1150
    assert Raffle({"never": 0, "b": 1, "nor": 0}).draw(random.Random(3), 50) == ["b"] * 50
