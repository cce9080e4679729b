import random

from tickets import PRIORITIES, Desk, Ticket


def test_many():
    draw = random.Random(3)
    desk = Desk()
    opened = [desk.open(str(n), draw.choice(list(PRIORITIES))) for n in range(60)]
    taken = [desk.take("w") for _ in range(60)]
    assert taken == sorted(opened, key=lambda ticket: (PRIORITIES[ticket.priority], ticket.number))
    assert desk.take("w") is None
    assert desk.load() == {"w": 60}
    for ticket in taken:
        desk.close(ticket.number)
        assert ticket.closed
    assert desk.load() == {}


def test_given_tags():
    tags = ["a"]
    ticket = Ticket("x", "low", tags)
    ticket.tag("b")
    assert ticket.tags == ["a", "b"]
