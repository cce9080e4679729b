import random

from trie import Trie


def test_like_a_list():
    rng = random.Random(8)
    words = ["".join(rng.choice("ab") for _ in range(rng.randrange(1, 6))) for _ in range(60)]
    trie = Trie(words)
    assert len(trie) == len(set(words))
    for prefix in ("", "a", "b", "ab", "ba", "bbb", "aaaaa"):
        wanted = sorted({w for w in words if w.startswith(prefix)}, key=lambda w: (-words.count(w), w))
        assert trie.complete(prefix, 100) == wanted
        assert trie.complete(prefix) == wanted[:3]


def test_exact_leaf():
    trie = Trie(["one"])
    assert trie.complete("ONE") == ["one"]
    assert trie.complete("ones") == []
    assert trie.complete("", 0) == []
    assert len(Trie()) == 0
