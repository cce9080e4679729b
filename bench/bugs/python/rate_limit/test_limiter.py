from limiter import RateLimiter


def test_up_to_the_limit():
    limiter = RateLimiter(2, 10)
    assert [limiter.allow("a", now) for now in (0, 1, 2)] == [True, True, False]


def test_clients_do_not_share():
    limiter = RateLimiter(1, 10)
    assert limiter.allow("a", 0)
    assert limiter.allow("b", 0)


def test_after_the_window():
    limiter = RateLimiter(2, 10)
    assert [limiter.allow("a", now) for now in (0, 5, 10, 12)] == [True, True, True, False]


def test_refused_calls_do_not_count():
    limiter = RateLimiter(1, 10)
    assert [limiter.allow("a", now) for now in (0, 6, 9, 11)] == [True, False, False, True]


def test_remaining():
    limiter = RateLimiter(3, 10)
    limiter.allow("a", 0)
    assert limiter.remaining("a", 5) == 2


def test_a_long_pause():
    limiter = RateLimiter(2, 10)
    assert [limiter.allow("a", now) for now in (0, 1, 50, 51)] == [True, True, True, True]
