from changes import report, touched


def test_equal():
    assert report({"a": 1}, {"a": 1}) == []


def test_kinds():
    assert report({"a": 1, "b": 2}, {"b": 3, "c": 4}) == ["- a (was 1)", "~ b: 2 -> 3", "+ c = 4"]


def test_nested():
    assert report({"a": {"x": 1, "y": 2}}, {"a": {"x": 1, "y": 3}}) == ["~ a.y: 2 -> 3"]


def test_set_for_the_first_time():
    assert report({"a": None}, {"a": 1}) == ["~ a: None -> 1"]


def test_emptied():
    assert report({"a": 1}, {"a": None}) == ["~ a: 1 -> None"]


def test_touched():
    assert touched({"a": {"x": 1}}, {"a": {"x": 2}}, "a")
    assert not touched({"a": 1, "b": 1}, {"a": 1, "b": 2}, "a")
