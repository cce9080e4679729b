from queries import build, parse


def test_build():
    assert build({"q": "a b", "page": 2, "none": None}) == "page=2&q=a%20b"


def test_parse():
    assert parse("?q=a%20b&page=2") == {"q": ["a b"], "page": ["2"]}


def test_parse_repeated():
    assert parse("tag=x&tag=y&tag=z") == {"tag": ["x", "y", "z"]}


def test_parse_nothing():
    assert parse("") == {}
