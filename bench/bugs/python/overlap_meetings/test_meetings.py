from meetings import Meeting, conflicts, overlaps, rooms_needed


def test_meetings_at_the_same_time():
    assert overlaps(Meeting(9, 11), Meeting(10, 12))


def test_one_after_the_other():
    assert not overlaps(Meeting(9, 10), Meeting(10, 11))
    assert not overlaps(Meeting(10, 11), Meeting(9, 10))


def test_conflicts_by_title():
    day = [Meeting(9, 12, "plan"), Meeting(11, 13, "review"), Meeting(13, 14, "lunch")]
    assert conflicts(day) == [("plan", "review")]


def test_rooms():
    assert rooms_needed([Meeting(9, 12), Meeting(10, 11), Meeting(12, 13)]) == 2
