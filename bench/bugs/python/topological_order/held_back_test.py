import pytest

from ordering import CycleError, build_order


def test_every_task_once_and_after_its_needs():
    needs = {"e": ["a", "d"], "d": ["b", "c"], "c": ["a"], "b": ["a"], "f": [], "g": ["e", "f"]}
    order = build_order(needs)
    assert sorted(order) == sorted(set("abcdefg"))
    for task, before in needs.items():
        assert all(order.index(need) < order.index(task) for need in before)


def test_needs_itself():
    with pytest.raises(CycleError):
        build_order({"a": ["a"]})


def test_long_circle_behind_good_tasks():
    with pytest.raises(CycleError):
        build_order({"a": [], "b": ["a", "c"], "c": ["d"], "d": ["b"]})
