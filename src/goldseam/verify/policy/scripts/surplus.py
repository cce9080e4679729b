"""What a list has beyond another one."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def surplus(old: Iterable[Item], new: Iterable[Item], key: Callable[[Item], Hashable]) -> list[Item]:
    """Items of `new` beyond as many of the same key in `old`, in order."""
    left = Counter(map(key, old))
    found = []
    for item in new:
        if left[key(item)] > 0:
            left[key(item)] -= 1
        else:
            found.append(item)
    return found
