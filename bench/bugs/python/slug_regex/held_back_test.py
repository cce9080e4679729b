import pytest

from slugs import slugify, unique_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [("a  b", "a-b"), ("...a?!b...", "a-b"), ("C++ & C#", "c-c"), ("100%", "100"), ("", ""), ("x - y", "x-y"), ("a-b", "a-b")],
)
def test_slugs(title, slug):
    assert slugify(title) == slug


def test_cut_between_words():
    assert slugify("one two three four", 11) == "one-two"
    assert slugify("one two three", 40) == "one-two-three"


def test_unique():
    assert unique_slug("a b", set()) == "a-b"
    assert unique_slug("a, b", {"a-b"}) == "a-b-2"
