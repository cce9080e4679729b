"""A cache of blobs with a limit in bytes."""

from collections import OrderedDict


class TooLarge(ValueError):
    pass


class BlobCache:
    """Keeps blobs while they fit together into `limit` bytes; those not used for the longest time go first."""

    def __init__(self, limit):
        self.limit = limit
        self._blobs = OrderedDict()
        self._size = 0
        self.hits = self.misses = 0

    @property
    def size(self):
        return self._size

    def keys(self):
        """From the one used longest ago to the one used last."""
        return list(self._blobs)

    def put(self, key, blob):
        """Keep a blob, in place of the one with the same key; `TooLarge` if it could never fit."""
        if len(blob) > self.limit:
            raise TooLarge(f"{key}: {len(blob)} bytes")
        self.drop(key)
        self._blobs[key] = blob
        self._size += len(blob)
        if self._size > self.limit:
            oldest = next(iter(self._blobs))
            self.drop(oldest)

    def get(self, key, default=None):
        if key not in self._blobs:
            self.misses += 1
            return default
        self.hits += 1
        self._blobs.move_to_end(key)
        return self._blobs[key]

    def drop(self, key):
        """Forget a blob; nothing happens if it is not there."""
        blob = self._blobs.pop(key, b"")
        self._size -= len(blob)
