import random

from sorted_list import SortedList


def test_like_a_stable_sort():
    draw = random.Random(7)
    for size in range(40):
        pairs = [(draw.randrange(5), n) for n in range(size)]
        assert list(SortedList(pairs, key=lambda pair: pair[0])) == sorted(pairs, key=lambda pair: pair[0])
