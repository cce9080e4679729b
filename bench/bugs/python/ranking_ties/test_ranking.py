from ranking import places, standings


def test_by_points():
    assert standings({"Ajax": (3, 0), "Bari": (6, -1)}) == ["Bari", "Ajax"]


def test_by_difference():
    assert standings({"Ajax": (3, -2), "Bari": (3, 5)}) == ["Bari", "Ajax"]


def test_ties_by_name():
    assert standings({"Cork": (3, 1), "Ajax": (3, 1), "Bari": (3, 1)}) == ["Ajax", "Bari", "Cork"]


def test_shared_places():
    assert places({"Ajax": (3, 1), "Bari": (3, 1), "Cork": (1, 0)}) == {"Ajax": 1, "Bari": 1, "Cork": 3}
