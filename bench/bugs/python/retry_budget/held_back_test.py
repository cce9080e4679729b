import pytest

from retrying import GaveUp, call_with_retry


def failing(log):
    def action():
        log.append("call")
        raise OSError("no")

    return action


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_no_wait_after_the_last_attempt(attempts):
    calls, waits = [], []
    with pytest.raises(GaveUp) as told:
        call_with_retry(failing(calls), attempts=attempts, sleep=waits.append)
    assert len(calls) == attempts
    assert len(waits) == attempts - 1
    assert isinstance(told.value.__cause__, OSError)


def test_success_in_the_last_attempt():
    answers = iter([OSError(), OSError(), "late"])

    def action():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert call_with_retry(action, attempts=3, sleep=lambda seconds: None) == "late"
