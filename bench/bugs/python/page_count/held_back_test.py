import pytest

from pages import paginate


@pytest.mark.parametrize(
    ("count", "size", "last"), [(0, 5, 1), (1, 5, 1), (4, 5, 1), (5, 5, 1), (6, 5, 2), (10, 5, 2), (11, 5, 3), (3, 1, 3)]
)
def test_last(count, size, last):
    assert paginate(list(range(count)), 1, size).last == last


def test_number_is_kept_in_range():
    assert paginate([1, 2, 3, 4], 9, 2).items == [3, 4]
    assert paginate([1, 2, 3, 4], -1, 2).number == 1


def test_pages_together_are_all_items():
    items = list(range(17))
    pages = [paginate(items, number, 4) for number in range(1, paginate(items, 1, 4).last + 1)]
    assert [item for page in pages for item in page.items] == items
