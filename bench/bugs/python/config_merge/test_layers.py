from layers import lookup, settings


def test_flat():
    assert settings({"debug": False}, {"debug": True}) == {"debug": True}


def test_later_layers_win_inside():
    found = settings({"db": {"host": "localhost", "port": 1}}, {"db": {"host": "example.org"}})
    assert found == {"db": {"host": "example.org", "port": 1}}


def test_lookup():
    assert lookup({"a": {"b": 3}}, "a.b") == 3
    assert lookup({"a": 1}, "a.b.c", 5) == 5
