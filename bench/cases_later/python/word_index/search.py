"""Searches pages."""

from math import log

from index import Index, words


class Search:
    """Finds pages that hold all words of a question; a word counts the more, the fewer pages have it."""

    def __init__(self, pages=()):
        self.index = Index()
        for name, text in dict(pages).items():
            self.index.put(name, text)

    def score(self, name, wanted):
        """How well a page fits: for each word how often it is there, times its weight."""
        total = 0.0
        for word in wanted:
            weight = log(len(self.index.pages(word)) / len(self.index) + 1)
            total += weight * self.index.count(word, name)
        return total

    def find(self, question, most=10):
        """Names of the best pages, equal ones by name; none for a question without words."""
        wanted = question.split()
        if not wanted:
            return []
        found = set.union(*(self.index.pages(word) for word in wanted))
        ranked = sorted(found, key=lambda name: (-self.score(name, wanted), name))
        return ranked[:most]
