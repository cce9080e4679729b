import pytest

from pages import paginate


def test_first_page():
    page = paginate(list(range(25)), 1)
    assert page.items == list(range(10))
    assert page.has_next


def test_last_page_is_short():
    assert paginate(list(range(25)), 3).items == [20, 21, 22, 23, 24]


def test_full_pages_have_no_empty_page_behind():
    page = paginate(list(range(20)), 2)
    assert page.last == 2
    assert not page.has_next


def test_no_items_is_one_empty_page():
    assert paginate([], 1).last == 1


def test_size_must_be_positive():
    with pytest.raises(ValueError, match="positive"):
        paginate([1], 1, 0)
