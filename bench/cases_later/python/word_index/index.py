"""Which words stand on which pages."""

import re
from collections import Counter

WORD = re.compile(r"\w+")
ENDINGS = ("ing", "ed", "s")


def words(text):
    """The words of a text in small letters, without common endings: `Walking` and `walks` are `walk`."""
    return [stem(word) for word in WORD.findall(text.lower())]


def stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


class Index:
    def __init__(self):
        self._texts = {}
        self._counts = {}

    def put(self, name, text):
        """Add a page, in place of the one of this name."""
        self._texts[name] = text
        for word, count in Counter(words(text)).items():
            self._counts.setdefault(word, {})[name] = count

    def drop(self, name):
        """Forget a page, if it is there."""
        self._texts.pop(name, None)
        for pages in self._counts.values():
            pages.pop(name, None)

    def pages(self, word):
        return set(self._counts.get(word, {}))

    def count(self, word, name):
        return self._counts.get(word, {}).get(name, 0)

    def __len__(self):
        return len(self._texts)
