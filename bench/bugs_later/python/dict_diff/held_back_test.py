import pytest

from changes import report, touched


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"a": None}, {"a": None}, []),
        ({"a": None}, {}, ["- a (was None)"]),
        ({}, {"a": None}, ["+ a = None"]),
        ({"a": 0}, {"a": None}, ["~ a: 0 -> None"]),
        ({"a": {}}, {"a": None}, ["~ a: {} -> None"]),
        ({"a": {"b": None}}, {"a": {}}, ["- a.b (was None)"]),
        ({"a": {"b": {"c": None}}}, {"a": {"b": {"c": 0}}}, ["~ a.b.c: None -> 0"]),
        ({"a": ""}, {"a": 0}, ["~ a: '' -> 0"]),
        ({"a": False}, {}, ["- a (was False)"]),
    ],
)
def test_report(old, new, told):
    assert report(old, new) == told


def test_touched():
    assert not touched({"a": None}, {"a": None})
    assert touched({"a": None}, {"b": None}, "b")
    assert touched({"a": 1}, {"a": None})
