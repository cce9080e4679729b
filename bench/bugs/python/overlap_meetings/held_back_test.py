import itertools

from meetings import Meeting, conflicts, overlaps


def test_against_minutes():
    spans = [Meeting(a, b) for a, b in itertools.combinations(range(6), 2)]
    for one, other in itertools.product(spans, spans):
        shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
        assert overlaps(one, other) is bool(shared)


def test_no_conflict_in_a_row():
    assert conflicts([Meeting(n, n + 1, str(n)) for n in range(8)]) == []
