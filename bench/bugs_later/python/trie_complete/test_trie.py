import pytest

from trie import Trie

WORDS = ["tea", "ten", "ten", "team", "to", "inn", "in"]


def test_contains():
    trie = Trie(WORDS)
    assert "Tea" in trie
    assert "te" not in trie


def test_complete():
    assert Trie(WORDS).complete("te") == ["ten", "tea", "team"]


def test_a_word_itself():
    assert Trie(WORDS).complete("in") == ["in", "inn"]


def test_nothing():
    assert Trie(WORDS).complete("x") == []


def test_length():
    assert len(Trie(WORDS)) == 6


def test_no_word():
    with pytest.raises(ValueError):
        Trie([""])
