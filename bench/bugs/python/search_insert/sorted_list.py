class SortedList:
    """A list that keeps its items in rising order; equal items stay in the order of their coming."""

    def __init__(self, items=(), key=lambda item: item):
        self._key = key
        self._items = []
        for item in items:
            self.add(item)

    def add(self, item):
        """Puts an item behind all that are not greater."""
        low, high = 0, len(self._items)
        while low < high:
            middle = (low + high) // 2
            if self._key(self._items[middle]) < self._key(item):
                low = middle + 1
            else:
                high = middle
        self._items.insert(low, item)

    def between(self, low, high):
        """The items whose keys lie from `low` to `high`, both included."""
        return [item for item in self._items if low <= self._key(item) <= high]

    def __iter__(self):
        return iter(self._items)
