from roads import reachable, shortest

ROADS = {"a": {"b": 7, "c": 3}, "c": {"b": 1, "d": 8}, "b": {"d": 2}, "x": {"a": 1}}


def test_neighbour():
    assert shortest(ROADS, "a", "c") == (3, ["a", "c"])


def test_the_way_round_is_shorter():
    assert shortest(ROADS, "a", "d") == (6, ["a", "c", "b", "d"])


def test_no_way():
    assert shortest(ROADS, "a", "x") is None


def test_already_there():
    assert shortest(ROADS, "d", "d") == (0, ["d"])


def test_reachable():
    assert reachable(ROADS, "b") == ["b", "d"]
