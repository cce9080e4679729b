import pytest

from ordering import CycleError, build_order


def test_chain():
    assert build_order({"c": ["b"], "b": ["a"]}) == ["a", "b", "c"]


def test_shared_need_comes_once():
    assert build_order({"app": ["lib", "log"], "lib": ["core"], "log": ["core"]}) == ["core", "lib", "log", "app"]


def test_circle():
    with pytest.raises(CycleError):
        build_order({"a": ["b"], "b": ["a"]})


def test_nothing():
    assert build_order({}) == []
