import asyncio

import pytest

from fetcher import Answer, Fetcher, Page


def run(web, urls, **options):
    running, most = 0, 0

    async def get(url):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1
        return web.get(url, Answer(500))

    async def main():
        fetcher = Fetcher(get, **options)
        return await asyncio.wait_for(fetcher.fetch_all(urls), 5), fetcher.errors

    pages, errors = asyncio.run(main())
    return pages, errors, most


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_many(at_once):
    web = {f"/{n}": Answer(200, str(n)) for n in range(0, 20, 2)}
    pages, errors, most = run(web, [f"/{n}" for n in range(20)], at_once=at_once)
    assert [page.text for page in pages] == [str(n) for n in range(0, 20, 2)]
    assert len(errors) == 10
    assert most == at_once


def test_too_many():
    web = {f"/{n}": Answer(302, location=f"/{n + 1}") for n in range(4)} | {"/4": Answer(200, "end")}
    assert run(web, ["/0"])[1] == {"/0": "too many redirects at /4"}
    assert run(web, ["/1"])[0] == [Page("/4", "end")]
    assert run(web, ["/0", "/2", "/1"], most_redirects=4)[1] == {}


def test_circles():
    web = {"/a": Answer(301, location="/b"), "/b": Answer(301, location="/a"), "/c": Answer(301)}
    pages, errors, _ = run(web, ["/a", "/b", "/c"])
    assert pages == []
    assert errors == {"/a": "circle at /a", "/b": "circle at /b", "/c": "status 301 of /c"}
