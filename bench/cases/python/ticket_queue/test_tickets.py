from tickets import Desk, Ticket


def test_urgent_first():
    desk = Desk()
    desk.open("slow")
    desk.open("down", "high")
    assert desk.take("ann").subject == "down"


def test_oldest_first():
    desk = Desk()
    for subject in ("a", "b", "c"):
        desk.open(subject)
    assert [desk.take("ann").subject for _ in range(3)] == ["a", "b", "c"]


def test_nothing_waits():
    assert Desk().take("ann") is None


def test_tags_belong_to_one_ticket():
    Ticket("x").tag("net")
    assert Ticket("y").tags == []


def test_load():
    desk = Desk()
    for subject in ("a", "b", "c"):
        desk.open(subject)
    first = desk.take("ann")
    desk.take("ann")
    desk.take("bob")
    assert desk.load() == {"ann": 2, "bob": 1}
    desk.close(first.number)
    assert desk.load() == {"ann": 1, "bob": 1}
