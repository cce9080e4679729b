from lru import LruCache


def test_keeps_what_fits():
    cache = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert (cache.get("a"), cache.get("b")) == (1, 2)


def test_the_oldest_goes():
    cache = LruCache(2)
    for key in "abc":
        cache.put(key, key.upper())
    assert cache.get("a") is None
    assert len(cache) == 2


def test_reading_is_using():
    cache = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")
    cache.put("c", 3)
    assert cache.get("a") == 1
    assert cache.get("b") is None
