from collections import OrderedDict


class LruCache:
    """Keeps the `capacity` entries that were used last; reading an entry is using it."""

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError("capacity must be positive")
        self._capacity = capacity
        self._entries = OrderedDict()

    def get(self, key, default=None):
        """The value of a key, which becomes the one used last."""
        if key not in self._entries:
            return default
        return self._entries[key]

    def put(self, key, value):
        """Stores a value; where there is no room, the entry that was used longest ago goes."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        if len(self._entries) > self._capacity:
            self._entries.popitem(last=False)

    def __len__(self):
        return len(self._entries)
