import pytest

from bucket import Limiter, TokenBucket


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_full_at_first():
    bucket = TokenBucket(1, 3, Clock())
    assert [bucket.take().allowed for _ in range(4)] == [True, True, True, False]


def test_refill():
    clock = Clock()
    bucket = TokenBucket(2, 2, clock)
    bucket.take(2)
    clock.now = 1.0
    assert bucket.take(2).allowed


def test_asked_often():
    clock = Clock()
    bucket = TokenBucket(1, 1, clock)
    assert bucket.take().allowed
    answers = []
    for _ in range(4):
        clock.now += 0.25
        answers.append(bucket.take().allowed)
    assert answers == [False, False, False, True]


def test_never():
    with pytest.raises(ValueError):
        TokenBucket(1, 2, Clock()).take(3)


def test_clients():
    limiter = Limiter(1, 1, Clock())
    assert [limiter.allows("a"), limiter.allows("a"), limiter.allows("b")] == [True, False, True]
