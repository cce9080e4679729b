import random

from limiter import RateLimiter


def test_against_a_plain_list():
    draw = random.Random(11)
    for _ in range(30):
        limit, window = draw.randrange(1, 5), draw.randrange(3, 12)
        limiter = RateLimiter(limit, window)
        allowed = []
        now = 0
        for _ in range(60):
            now += draw.randrange(0, 6)
            expected = sum(now - call < window for call in allowed) < limit
            assert limiter.remaining("x", now) == limit - sum(now - call < window for call in allowed)
            assert limiter.allow("x", now) is expected
            if expected:
                allowed.append(now)
