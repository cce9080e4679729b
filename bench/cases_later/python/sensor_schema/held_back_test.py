import pytest

from source import BadLine, parse, read
from store import Store


def test_parse():
    assert parse("a;60;212;F") == {"sensor_id": "a", "at": 60, "celsius": pytest.approx(100)}
    assert parse("a;60;-40;f")["celsius"] == pytest.approx(-40)
    assert parse("b;0;-3.5;c\n") == {"sensor_id": "b", "at": 0, "celsius": -3.5}
    for bad in ("a;1;2", "a;1;2;K", "a;x;2;C"):
        with pytest.raises(ValueError):
            parse(bad)
    with pytest.raises(BadLine):
        parse("a;1;2;K")


def test_store():
    store = Store({"a": "x", "b": "x"})
    store.add(read(["a;3599;10;C", "b;0;86;F", "c;0;1;C", "d;9;1;F", "# no", "a;3600;1;C"]))
    assert store.means() == [("x", 0, 20.0), ("x", 1, 1.0)]
    assert store.unplaced == 2
    assert store.warmest() == ("x", 0, 20.0)


def test_empty():
    store = Store({})
    store.add([])
    assert (store.means(), store.warmest(), store.unplaced) == ([], None, 0)
