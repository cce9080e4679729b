import random

import pytest

from slots import Span, first_free, free, gaps_of


@pytest.mark.parametrize(
    ("meetings", "found"),
    [
        (["07:00-08:00"], ["09:00-17:00"]),
        (["08:00-10:00"], ["10:00-17:00"]),
        (["16:00-20:00"], ["09:00-16:00"]),
        (["08:00-18:00"], []),
        (["09:00-16:50"], []),
        (["10:00-15:00", "11:00-12:00", "13:00-16:00"], ["09:00-10:00", "16:00-17:00"]),
        (["10:00-11:00", "11:00-12:00"], ["09:00-10:00", "12:00-17:00"]),
        (["17:00-18:00", "08:00-09:00"], ["09:00-17:00"]),
    ],
)
def test_days(meetings, found):
    assert free("09:00-17:00", {"x": meetings}) == found


def test_minute_by_minute():
    rng = random.Random(3)
    for _ in range(50):
        starts = [rng.randrange(0, 120) for _ in range(rng.randrange(5))]
        meetings = [Span(start, start + rng.randrange(1, 40)) for start in starts]
        day = Span(20, 100)
        taken = {t for m in meetings for t in range(m.start, m.end)}
        open_minutes = {t for gap in gaps_of(day, meetings, 1) for t in range(gap.start, gap.end)}
        assert open_minutes == set(range(20, 100)) - taken


def test_first():
    assert first_free("09:00-10:00", {}, 60) == "09:00-10:00"
    assert first_free("09:00-10:00", {"a": ["09:00-09:30"]}, 30) == "09:30-10:00"
