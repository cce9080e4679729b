import random

from blobs import BlobCache


def test_never_above_the_limit():
    rng = random.Random(2)
    cache = BlobCache(50)
    for _ in range(400):
        key = rng.choice("abcdefghij")
        cache.put(key, b"x" * rng.randrange(1, 51))
        assert cache.size <= 50
        assert cache.keys()[-1] == key
        assert cache.size == sum(len(cache.get(k)) for k in cache.keys())


def test_whole_cache_for_one():
    cache = BlobCache(4)
    for key in "abcd":
        cache.put(key, b"1")
    cache.put("e", b"1234")
    assert cache.keys() == ["e"]
    assert cache.size == 4


def test_no_more_than_needed():
    cache = BlobCache(10)
    for key in "abcde":
        cache.put(key, b"12")
    cache.put("f", b"123")
    assert cache.keys() == ["c", "d", "e", "f"]


def test_replaced():
    cache = BlobCache(6)
    cache.put("a", b"123")
    cache.put("b", b"123")
    cache.put("a", b"12345")
    assert cache.keys() == ["a"]
    assert cache.get("b", b"") == b""
    assert (cache.hits, cache.misses) == (0, 1)
