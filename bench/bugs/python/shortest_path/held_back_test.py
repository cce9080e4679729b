import itertools
import random

from roads import shortest


def by_trying(roads, start, goal, places):
    best = None
    others = [place for place in places if place not in (start, goal)]
    for count in range(len(others) + 1):
        for middle in itertools.permutations(others, count):
            way = [start, *middle, goal]
            pairs = list(itertools.pairwise(way))
            if all(b in roads.get(a, {}) for a, b in pairs):
                length = sum(roads[a][b] for a, b in pairs)
                best = length if best is None else min(best, length)
    return best


def test_against_all_ways():
    draw = random.Random(5)
    for _ in range(40):
        places = "abcde"
        roads = {a: {b: draw.randrange(1, 20) for b in places if b != a and draw.random() < 0.5} for a in places}
        found = shortest(roads, "a", "e")
        assert (found and found[0]) == by_trying(roads, "a", "e", places)
