import pytest

from lookup import Document

DATA = Document('{"list": [[1, 2], [3], []], "2": "two", "words": ["a", "0"], "n": 5, "map": {"0": "zero", "-1": "minus"}}')


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("list.0.1", [2]),
        ("list.-2.0", [3]),
        ("list.*.0", [1, 3]),
        ("list.2.0", []),
        ("list.3", []),
        ("list.-3.-2", [1]),
        ("list.-4", []),
        ("2", ["two"]),
        ("map.0", ["zero"]),
        ("map.-1", ["minus"]),
        ("words.0", ["a"]),
        ("words.1", ["0"]),
        ("words.2", []),
        ("n.0", []),
        ("words.x", []),
        ("list.-", []),
    ],
)
def test_paths(path, found):
    assert DATA.all(path) == found
