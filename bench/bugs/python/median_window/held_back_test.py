from smoothing import smooth, spikes


def test_wide_window():
    assert smooth([5, 1, 4, 2, 3], 5) == [4, 3, 3, 2.5, 3]


def test_wider_than_the_values():
    assert smooth([1, 2, 10], 9) == [2, 2, 2]


def test_nothing():
    assert smooth([]) == []
    assert spikes([], 1) == []
