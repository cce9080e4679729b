import random

from ranking import places, standings


def test_order_of_many():
    draw = random.Random(4)
    results = {f"team {n:02}": (draw.randrange(3), draw.randrange(-1, 2)) for n in range(30)}
    ordered = standings(results)
    keys = [(-results[team][0], -results[team][1], team) for team in ordered]
    assert keys == sorted(keys)
    assert len(ordered) == 30


def test_places_of_three():
    assert places({"b": (1, 1), "a": (2, 0), "c": (1, 1), "d": (0, 9)}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_none():
    assert standings({}) == []
