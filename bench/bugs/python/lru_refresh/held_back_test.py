from lru import LruCache


def test_missing_key_is_not_stored():
    cache = LruCache(1)
    assert cache.get("a", 7) == 7
    assert len(cache) == 0


def test_reads_decide_the_order():
    cache = LruCache(3)
    for key in "abc":
        cache.put(key, key)
    for key in "bac":
        assert cache.get(key) == key
    cache.put("d", "d")
    assert cache.get("b") is None
    cache.get("a")
    cache.put("e", "e")
    assert cache.get("c") is None
    assert [cache.get(key) for key in "ade"] == ["a", "d", "e"]


def test_writing_again_is_using():
    cache = LruCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.put("a", 3)
    cache.put("c", 4)
    assert cache.get("a") == 3
    assert cache.get("b") is None
