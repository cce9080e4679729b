import pytest

from blobs import BlobCache, TooLarge


def test_fits():
    cache = BlobCache(10)
    cache.put("a", b"12345")
    cache.put("b", b"12345")
    assert cache.keys() == ["a", "b"]


def test_oldest_goes():
    cache = BlobCache(10)
    for key in "abc":
        cache.put(key, b"1234")
    assert cache.keys() == ["b", "c"]
    assert cache.size == 8


def test_used_stays():
    cache = BlobCache(10)
    cache.put("a", b"12345")
    cache.put("b", b"12345")
    cache.get("a")
    cache.put("c", b"1")
    assert cache.keys() == ["a", "c"]


def test_large():
    cache = BlobCache(10)
    for key in "abcde":
        cache.put(key, b"12")
    cache.put("f", b"1234567")
    assert cache.keys() == ["e", "f"]


def test_too_large():
    with pytest.raises(TooLarge):
        BlobCache(3).put("a", b"1234")
