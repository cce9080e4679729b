from layers import settings


def test_three_levels():
    base = {"log": {"file": {"path": "a", "size": 1}, "level": "info"}}
    found = settings(base, {"log": {"file": {"path": "b"}}}, {"log": {"file": {"size": 9}, "level": "debug"}})
    assert found == {"log": {"file": {"path": "b", "size": 9}, "level": "debug"}}
    assert base == {"log": {"file": {"path": "a", "size": 1}, "level": "info"}}


def test_value_replaces_table_and_back():
    assert settings({"a": {"b": 1}}, {"a": 2}) == {"a": 2}
    assert settings({"a": 2}, {"a": {"b": 1}}) == {"a": {"b": 1}}
