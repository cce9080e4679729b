import pytest

from queries import build, parse


@pytest.mark.parametrize("parameters", [{"a": ["1", "2"], "b": ["x&y=z"]}, {"ä": ["ö", "ö"]}, {"n": [""]}, {}])
def test_there_and_back(parameters):
    assert parse(build(parameters)) == parameters


def test_mixed_order():
    assert parse("a=1&b=2&a=3") == {"a": ["1", "3"], "b": ["2"]}


def test_only_a_question_mark():
    assert parse("?") == {}
