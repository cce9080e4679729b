import random

from accounts import Groups, persons


def test_like_a_search_over_the_graph():
    rng = random.Random(9)
    for _ in range(60):
        items = list(range(12))
        pairs = [(rng.choice(items), rng.choice(items)) for _ in range(rng.randrange(14))]
        groups = Groups()
        for item in items:
            groups.join(item, item)
        for one, other in pairs:
            groups.join(one, other)
            assert groups.together(one, other)
        seen = []
        for item in items:
            if any(item in group for group in seen):
                continue
            group, todo = set(), [item]
            while todo:
                at = todo.pop()
                if at not in group:
                    group.add(at)
                    todo += [b for a, b in pairs if a == at] + [a for a, b in pairs if b == at]
            seen.append(group)
        assert groups.all() == sorted(map(sorted, seen))


def test_joined_before():
    groups = Groups()
    for one, other in [("b", "a"), ("b", "c"), ("b", "d"), ("e", "e")]:
        groups.join(one, other)
    assert groups.all() == [["a", "b", "c", "d"], ["e"]]
    assert groups.together("a", "d") and not groups.together("a", "e")


def test_persons():
    accounts = [{"name": n, "mail": [m], "phone": [p]} for n, m, p in [("a", "1", "7"), ("b", "2", "7"), ("c", "1", "8"), ("d", "3", "9")]]
    assert persons(accounts) == [["a", "b", "c"], ["d"]]
    assert persons([]) == []
