import pytest

from breaker import Breaker, Broken


class Service:
    def __init__(self):
        self.down = False
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.down:
            raise OSError("down")
        return "ok"


def fail(breaker, service, times):
    service.down = True
    for _ in range(times):
        with pytest.raises(OSError):
            breaker.call(service)
    service.down = False


def test_opens():
    breaker, service = Breaker(2, clock=lambda: 0.0), Service()
    fail(breaker, service, 2)
    with pytest.raises(Broken):
        breaker.call(service)
    assert (service.calls, breaker.refused) == (2, 1)


def test_in_a_row():
    breaker, service = Breaker(2, clock=lambda: 0.0), Service()
    fail(breaker, service, 1)
    assert breaker.call(service) == "ok"
    fail(breaker, service, 1)
    assert breaker.call(service) == "ok"


def test_tries_after_the_pause():
    now = [0.0]
    breaker, service = Breaker(1, 10, lambda: now[0]), Service()
    fail(breaker, service, 1)
    now[0] = 10.0
    assert breaker.call(service) == "ok"


def test_fails_after_the_pause():
    now = [0.0]
    breaker, service = Breaker(2, 10, lambda: now[0]), Service()
    fail(breaker, service, 2)
    now[0] = 10.0
    fail(breaker, service, 1)
    assert breaker.is_open


def test_decorator():
    @Breaker()
    def double(n):
        return 2 * n

    assert double(4) == 8
    assert double.__name__ == "double"
