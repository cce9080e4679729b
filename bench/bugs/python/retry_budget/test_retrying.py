import pytest

from retrying import GaveUp, call_with_retry


class Flaky:
    def __init__(self, failures):
        self.failures = failures
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.calls <= self.failures:
            raise OSError("busy")
        return "done"


def test_success_at_once():
    assert call_with_retry(Flaky(0), sleep=None) == "done"


def test_success_after_waiting():
    waits = []
    assert call_with_retry(Flaky(2), sleep=waits.append, delay=1) == "done"
    assert waits == [1, 2]


def test_gives_up():
    with pytest.raises(GaveUp, match="3 attempts"):
        call_with_retry(Flaky(9), sleep=lambda seconds: None)


def test_other_errors_pass():
    def broken():
        raise KeyError("x")

    with pytest.raises(KeyError):
        call_with_retry(broken)
