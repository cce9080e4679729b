import asyncio

import pytest

from workers import Pool, fetch_all


def run(awaitable, seconds=2):
    async def main():
        return await asyncio.wait_for(awaitable, seconds)

    return asyncio.run(main())


async def odd(number):
    await asyncio.sleep(0.001)
    if number % 2 == 0:
        raise RuntimeError(f"even {number}")
    return number * 10


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_half_of_them_fail(workers):
    found, errors = run(fetch_all(odd, range(7), workers))
    assert found == [None, 10, None, 30, None, 50, None]
    assert sorted(errors) == [(n, f"even {n}") for n in (0, 2, 4, 6)]


def test_all_fail():
    found, errors = run(fetch_all(odd, [2, 4, 6, 8], 2))
    assert found == [None] * 4
    assert len(errors) == 4


def test_waits_for_what_is_under_way():
    pool = Pool(odd, workers=1)
    assert run(pool.run({"a": 2, "b": 3, "c": 5})) == {"b": 30, "c": 50}
    assert pool.errors == [("a", "even 2")]


def test_cancelled_workers_do_not_count_as_errors():
    pool = Pool(odd, workers=4)
    run(pool.run({"a": 1}))
    assert pool.errors == []
