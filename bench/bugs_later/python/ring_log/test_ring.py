from ring import RingLog


def filled(count, slots=4):
    log = RingLog(slots)
    for number in range(count):
        log.add("info", str(number))
    return log


def test_some():
    assert filled(3).texts() == ["0", "1", "2"]
    assert len(filled(3)) == 3


def test_full():
    assert filled(4).texts() == ["0", "1", "2", "3"]


def test_round():
    log = filled(6)
    assert log.texts() == ["2", "3", "4", "5"]
    assert log.lost == 2


def test_last():
    assert filled(5).last(2) == ["3", "4"]


def test_levels():
    log = RingLog(least="warning")
    assert not log.add("info", "x")
    assert log.add("error", "y")
    assert log.show() == "ERROR   y"
