from sorted_list import SortedList


def test_order():
    assert list(SortedList([3, 1, 2])) == [1, 2, 3]


def test_key():
    assert list(SortedList(["ccc", "a", "bb"], key=len)) == ["a", "bb", "ccc"]


def test_equal_items_stay_in_order():
    assert list(SortedList(["xx", "b", "yy", "a"], key=len)) == ["b", "a", "xx", "yy"]


def test_between():
    assert SortedList([5, 1, 3]).between(1, 3) == [1, 3]
