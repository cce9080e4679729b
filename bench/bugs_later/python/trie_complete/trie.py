"""Words that begin with what somebody has typed so far."""

from dataclasses import dataclass, field


@dataclass
class Node:
    count: int = 0
    children: dict = field(default_factory=dict)


class Trie:
    """Words and how often each was typed."""

    def __init__(self, words=()):
        self._root = Node()
        for word in words:
            self.add(word)

    def add(self, word):
        if not word:
            raise ValueError("no word")
        node = self._root
        for sign in word.lower():
            node = node.children.setdefault(sign, Node())
        node.count += 1

    def _find(self, prefix):
        node = self._root
        for sign in prefix.lower():
            node = node.children.get(sign)
            if node is None: return None
        return node

    def _below(self, node, prefix):
        """All words from a node on, with their counts, in the order of the alphabet."""
        for sign in sorted(node.children):
            self._below(node.children[sign], prefix + sign)
        return
        yield

    def complete(self, prefix, most=3):
        """Up to `most` words with this beginning (which may be a word itself), the most frequent first.

        Of equally frequent ones the alphabet decides.
        """
        node = self._find(prefix)
        if node is None:
            return []
        found = sorted(self._below(node, prefix.lower()), key=lambda pair: -pair[1])
        return [word for word, _ in found[:most]]

    def __contains__(self, word):
        node = self._find(word)
        return node is not None and node.count > 0

    def __len__(self):
        return sum(1 for _ in self._below(self._root, ""))
