import asyncio

from fetcher import Answer, Fetcher, Page

WEB = {
    "/a": Answer(200, "A"),
    "/b": Answer(200, "B"),
    "/old": Answer(301, location="/a"),
    "/older": Answer(302, location="/old"),
    "/ring": Answer(302, location="/ring"),
}


async def get(url):
    await asyncio.sleep(0)
    return WEB.get(url, Answer(404))


def fetched(urls, **options):
    async def main():
        fetcher = Fetcher(get, **options)
        return await asyncio.wait_for(fetcher.fetch_all(urls), 3), fetcher.errors

    return asyncio.run(main())


def test_one():
    assert fetched(["/a"]) == ([Page("/a", "A")], {})


def test_redirects():
    pages, _ = fetched(["/older"])
    assert pages == [Page("/a", "A")]


def test_several_ways_to_one_page():
    pages, errors = fetched(["/old", "/a", "/older"])
    assert [page.text for page in pages] == ["A", "A", "A"]
    assert errors == {}


def test_errors_do_not_stop_the_others():
    pages, errors = fetched(["/x", "/y", "/z", "/b"], at_once=2)
    assert pages == [Page("/b", "B")]
    assert errors["/x"] == "status 404 of /x"


def test_circle():
    assert fetched(["/ring"])[1] == {"/ring": "circle at /ring"}
