import random

import pytest

from raffle import Raffle


def test_inside():
    raffle = Raffle({"car": 2, "pen": 3, "mug": 5})
    assert raffle.prize(1) == "car"
    assert raffle.prize(4) == "pen"
    assert raffle.prize(9) == "mug"


def test_bounds():
    raffle = Raffle({"car": 2, "pen": 3})
    assert raffle.prize(0) == "car"
    assert raffle.prize(2) == "pen"


def test_without_weight():
    raffle = Raffle({"moon": 0, "pen": 1})
    assert raffle.draw(random.Random(1), 5) == ["pen"] * 5


def test_no_ticket():
    with pytest.raises(IndexError):
        Raffle({"a": 1}).prize(1)


def test_nothing():
    with pytest.raises(ValueError):
        Raffle({"a": 0})
