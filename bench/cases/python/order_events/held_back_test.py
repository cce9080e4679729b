import pytest

from events import Event
from projection import Projection


def test_there_and_back():
    event = Event(3, "paid", {"amount": 5})
    assert Event.from_json(event.to_json()) == event
    assert Event.from_json('{"order": 1, "kind": "shipped"}') == Event(1, "shipped")


def test_state():
    projection = Projection()
    projection.apply(Event(1, "added", {"article": "a", "price": 10, "pieces": 3}))
    projection.apply(Event(1, "added", {"article": "b", "price": 5, "pieces": 1}))
    projection.apply(Event(1, "paid", {"amount": 34}))
    assert projection.orders[1].state == "new"
    with pytest.raises(ValueError, match="not paid"):
        projection.apply(Event(1, "shipped"))
    projection.apply(Event(1, "paid", {"amount": 1}))
    assert projection.orders[1].state == "paid"


def test_unknown():
    with pytest.raises(ValueError, match="unknown"):
        Projection().apply(Event(1, "eaten"))


def test_main_tells_every_order(capsys):
    import main

    main.main()
    assert capsys.readouterr().out.splitlines() == ["1: shipped, 450 of 450", "2: new, 100 of 400"]
