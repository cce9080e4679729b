import asyncio

from workers import Pool, fetch_all


def run(awaitable, seconds=2):
    async def main():
        return await asyncio.wait_for(awaitable, seconds)

    return asyncio.run(main())


async def length(url):
    await asyncio.sleep(0)
    if not url.startswith("http"):
        raise ValueError(f"bad url {url}")
    return len(url)


def test_all():
    assert run(fetch_all(length, ["http://a", "http://bc"])) == ([8, 9], [])


def test_nothing():
    assert run(fetch_all(length, [])) == ([], [])


def test_one_fails():
    found, errors = run(fetch_all(length, ["http://a", "ftp", "http://b"]))
    assert found == [8, None, 8]
    assert errors == [("ftp", "bad url ftp")]


def test_workers_at_once():
    pool = Pool(length, workers=3)
    run(pool.run({n: f"http://{n}" for n in range(9)}))
    assert pool.busiest == 3
