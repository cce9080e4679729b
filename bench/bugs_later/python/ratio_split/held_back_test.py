import random

import pytest

from shares import Bill, settle, split


@pytest.mark.parametrize(
    ("cents", "weights", "found"),
    [
        (7, {"a": 3, "b": 3, "c": 4}, [2, 2, 3]),
        (11, {"a": 1, "b": 2, "c": 3}, [2, 4, 5]),
        (11, {"a": 3, "b": 2, "c": 1}, [5, 4, 2]),
        (5, {"a": 1, "b": 1, "c": 8}, [1, 0, 4]),
        (2, {"a": 1, "b": 7, "c": 7}, [0, 1, 1]),
        (0, {"a": 1, "b": 7}, [0, 0]),
        (3, {"a": 0, "b": 5, "c": 2}, [0, 2, 1]),
    ],
)
def test_split(cents, weights, found):
    assert list(split(cents, weights).values()) == found


def test_nobody_is_off_by_a_cent():
    rng = random.Random(5)
    for _ in range(200):
        weights = {str(n): rng.randrange(1, 9) for n in range(rng.randrange(1, 6))}
        cents = rng.randrange(1000)
        shares, total = split(cents, weights), sum(weights.values())
        assert sum(shares.values()) == cents
        lost = {name: cents * weight % total for name, weight in weights.items()}
        lucky = [name for name in weights if shares[name] > cents * weights[name] // total]
        assert all(lost[one] >= lost[other] for one in lucky for other in weights if other not in lucky)


def test_settle():
    assert settle([Bill("x", 1)] * 3, {"a": 1, "b": 2}) == {"a": 0, "b": 3}
