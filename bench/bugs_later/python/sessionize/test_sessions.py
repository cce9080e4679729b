from sessions import Click, Sessions


def clicks(visitor, *times):
    return [Click(visitor, at, "/") for at in times]


def test_short_pauses():
    assert len(Sessions(10).of(clicks("a", 0, 5, 10))) == 1


def test_long_session():
    sessions = Sessions(10).of(clicks("a", 0, 8, 16, 24))
    assert [session.seconds for session in sessions] == [24]


def test_long_pause():
    sessions = Sessions(10).of(clicks("a", 0, 8, 19))
    assert [len(session.clicks) for session in sessions] == [2, 1]


def test_visitors_apart():
    assert len(Sessions(10).of(clicks("a", 0) + clicks("b", 1))) == 2


def test_report():
    assert Sessions(10).report([]) == {"sessions": 0, "bounced": 0, "longest": 0}
