"""Which small changes to try together, where a program has more than one fault.

Changes that mend different tests belong to different faults: those complement each other, and few have to be
tried. What is left are pairs without such a sign: the best with each other and with the likeliest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, islice, product
from operator import or_

Places = tuple[int, ...]

OF_A_GROUP = {2: 16, 3: 6}
"""How many of the likeliest changes that mend the same tests are combined, by the size of a combination."""
MOST_GROUPS = 12
BEST, BEST_OF_A_GROUP, LIKELIEST = 24, 8, 48


def complements(mended: Mapping[int, int], costs: Sequence[float]) -> Iterator[Places]:
    """Combinations of changes that together mend all that any change mends, each something of its own.

    `mended` maps the place of a change to the tests that it turned green, a bit each. The smallest
    combinations come first, the likeliest of these first.
    """
    groups = _groups(mended)
    every = reduce(or_, groups, 0)
    for size, most in OF_A_GROUP.items():
        found = [
            places
            for masks in combinations(groups, size)
            if reduce(or_, masks) == every and _all_needed(masks)
            for places in product(*(groups[mask][:most] for mask in masks))
        ]
        if found:
            yield from sorted(found, key=lambda places: sum(costs[place] for place in places))
            return


def best(gains: Mapping[int, float], mended: Mapping[int, int]) -> list[int]:
    """Places of changes that mend a part: the most first, the likeliest among equals, few of one kind."""
    ranked = sorted((place for place in gains if gains[place] > 0), key=lambda place: (-gains[place], place))
    count: defaultdict[int, int] = defaultdict(int)
    kept = []
    for place in ranked:
        mask = mended.get(place, 0)
        count[mask] += 1
        if not mask or count[mask] <= BEST_OF_A_GROUP:
            kept.append(place)
    return kept[:BEST]


def steps(gains: Mapping[int, float], mended: Mapping[int, int], most: int) -> list[int]:
    """Changes to go on from, no two of which mend the same tests."""
    first: dict[int, int] = {}
    for place in best(gains, mended):
        first.setdefault(mended.get(place, 0) or -place - 1, place)
    return [*islice(first.values(), most)]


def pairs(chosen: Iterable[int], count: int) -> Iterator[Places]:
    """The `chosen` with each other and with the likeliest of `count` changes, and these with each other."""
    numbered = dict.fromkeys([*chosen, *range(min(LIKELIEST, count))])
    return combinations(numbered, 2)


def _groups(mended: Mapping[int, int]) -> dict[int, list[int]]:
    """Places by what they mend, the likeliest first; of many groups those with the likeliest changes."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place in sorted(place for place, mask in mended.items() if mask):
        found[mended[place]].append(place)
    return dict(islice(found.items(), MOST_GROUPS))


def _all_needed(masks: Sequence[int]) -> bool:
    """Whether each mends something that the others do not."""
    return all(mask & ~reduce(or_, (other for other in masks if other is not mask), 0) for mask in masks)
