import pytest

from listing import walk

TREE = {".a": 1, "+first": 2, "b": {".x": 4, ".y": {"z": 8}, "c": 16}, "~last": {".only": 32}}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [("+first", 2), ("b/", 28), ("b/c", 16), ("~last/", 32)]),
        ({"depth": 0}, [("+first", 2), ("b/", 28), ("~last/", 32)]),
        ({"depth": 0, "hidden": True}, [("+first", 2), (".a", 1), ("b/", 28), ("~last/", 32)]),
    ],
)
def test_options(options, found):
    assert list(walk(TREE, **options)) == found


def test_everything():
    paths = [path for path, _ in walk(TREE, hidden=True)]
    assert paths == ["+first", ".a", "b/", "b/.x", "b/.y/", "b/.y/z", "b/c", "~last/", "~last/.only"]


def test_hidden_folders_are_left_out_with_their_content():
    assert list(walk({".git": {"x": 1}, "a": 2})) == [("a", 2)]
    assert list(walk({".git": {"x": 1}})) == []
    assert list(walk({"a": {".git": {"x": 1}, "b": 1}, "c": 3})) == [("a/", 2), ("a/b", 1), ("c", 3)]
