from stations import coldest


def test_only_zero():
    assert coldest([("a", 0), ("b", 1)]) == ("a", 0.0)


def test_same_mean():
    assert coldest([("b", 2), ("a", 1), ("a", 3)]) == ("a", 2.0)


def test_rounding():
    assert coldest([("a", 1), ("a", 1), ("a", 2), ("b", 9)]) == ("a", 1.3)


def test_all_failed():
    assert coldest([("a", None)]) is None
