import pytest

from ring import RingLog


@pytest.mark.parametrize("slots", [1, 2, 3, 7])
def test_always_the_last_ones(slots):
    log, all_texts = RingLog(slots), []
    for number in range(25):
        log.add("info", f"n{number}")
        all_texts.append(f"n{number}")
        assert log.texts() == all_texts[-slots:]
        assert log.last() == all_texts[-1:]
        assert len(log) == min(slots, number + 1)
        assert log.lost == max(0, number + 1 - slots)


def test_show():
    log = RingLog(2)
    for level in ("debug", "info", "error"):
        log.add(level, level)
    assert log.show() == "(1 lost)\nINFO    info\nERROR   error"
    assert log.texts("warning") == ["error"]
    assert list(log) == [("info", "info"), ("error", "error")]
    assert log.last(0) == [] and log.last(9) == ["info", "error"]
