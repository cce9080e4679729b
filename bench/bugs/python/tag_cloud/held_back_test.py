from histogram import most_common


def test_as_many_as_there_are():
    assert most_common("a b", 9, {"a"}) == [("b", 1)]
    assert most_common("a a a b b c", 1, {"a", "b"}) == [("c", 1)]
    assert most_common("", 3) == []


def test_zero():
    assert most_common("a b c", 0, {"a"}) == []
