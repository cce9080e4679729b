import pytest

from backoff import Backoff, GaveUp, call


def test_doubles():
    assert Backoff(base=1, cap=100).pauses(5) == [1, 2, 4, 8, 16]


def test_cap():
    assert Backoff(base=4, cap=10).pause(9) == 10


def test_waits_between_attempts():
    slept = []
    answers = [OSError(), OSError(), "ok"]

    def action():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert call(action, Backoff(base=0.5), 3, slept.append) == "ok"
    assert len(slept) == 2


def test_gives_up():
    def action():
        raise OSError

    with pytest.raises(GaveUp):
        call(action, Backoff(), 2, lambda seconds: None)


def test_other_errors():
    with pytest.raises(ZeroDivisionError):
        call(lambda: 1 / 0, Backoff(), 2, lambda seconds: None)
