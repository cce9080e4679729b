import pytest

from smoothing import smooth, spikes


def test_window_of_one():
    assert smooth([3, 1, 2], 1) == [3, 1, 2]


def test_window_of_three():
    assert smooth([1, 9, 2, 3, 3]) == [5, 2, 3, 3, 3]


def test_spike():
    assert spikes([1, 1, 50, 1, 1], 10) == [2]


def test_even_width():
    with pytest.raises(ValueError, match="odd"):
        smooth([1], 2)
