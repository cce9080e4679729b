import pytest

from bucket import Limiter, TokenBucket


def test_steady_stream():
    now = [0.0]
    bucket = TokenBucket(4, 1, lambda: now[0])
    allowed = 0
    for tick in range(320):
        now[0] = tick / 32
        allowed += bucket.take().allowed
    assert allowed == 40


@pytest.mark.parametrize(("after", "wait"), [(0.0, 4.0), (0.5, 3.5), (1.0, 3.0), (3.75, 0.25)])
def test_wait(after, wait):
    now = [0.0]
    bucket = TokenBucket(0.5, 2, lambda: now[0])
    assert bucket.take(2).wait == 0
    now[0] = after
    assert bucket.take(2).wait == pytest.approx(wait)
    now[0] = 4.0
    assert bucket.take(2).allowed


def test_never_more_than_its_size():
    now = [0.0]
    limiter = Limiter(10, 3, lambda: now[0])
    assert sum(limiter.allows("x") for _ in range(5)) == 3
    now[0] = 100.0
    assert sum(limiter.allows("x") for _ in range(5)) == 3
    now[0] = 100.25
    assert sum(limiter.allows("x") for _ in range(5)) == 2
