from slots import first_free, free


def test_before_and_between():
    assert free("09:00-12:00", {"ann": ["09:30-10:00", "11:00-12:00"]}) == ["09:00-09:30", "10:00-11:00"]


def test_after():
    assert free("09:00-12:00", {"ann": ["09:00-11:00"]}) == ["11:00-12:00"]


def test_no_meeting():
    assert free("09:00-12:00", {"ann": []}) == ["09:00-12:00"]


def test_inside_another():
    calendars = {"ann": ["09:00-11:00"], "bob": ["09:30-10:00", "11:30-12:00"]}
    assert free("09:00-12:00", calendars) == ["11:00-11:30"]


def test_too_short():
    assert free("09:00-12:00", {"ann": ["09:10-12:00"]}) == []


def test_first():
    assert first_free("08:00-18:00", {"ann": ["08:20-09:00", "09:30-18:00"]}, 30) == "09:00-09:30"
    assert first_free("08:00-18:00", {"ann": ["08:20-09:00", "09:20-18:00"]}, 30) is None
