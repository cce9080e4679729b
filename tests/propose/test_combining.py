"""Changes that mend different tests go together first."""

from hypothesis import given
from hypothesis import strategies as st

from goldseam.propose.mutating.combining import BEST_OF_A_GROUP, best, complements, steps

COSTS = [0.5, 0.65, 0.7, 0.8, 0.9]


def test_changes_that_mend_different_tests_are_combined_the_likeliest_first() -> None:
    mended = {0: 0b01, 1: 0b01, 2: 0b10, 3: 0b10, 4: 0b00}
    assert [*complements(mended, COSTS)] == [(0, 2), (0, 3), (1, 2), (1, 3)]


def test_what_mends_nothing_of_its_own_is_left_out() -> None:
    assert [*complements({0: 0b011, 1: 0b001, 2: 0b100}, COSTS)] == [(0, 2)]


def test_three_where_two_do_not_mend_all() -> None:
    assert [*complements({0: 0b001, 1: 0b010, 2: 0b100}, COSTS)] == [(0, 1, 2)]


def test_one_that_mends_all_needs_no_other() -> None:
    assert [*complements({0: 0b11, 1: 0b01}, COSTS)] == []
    assert [*complements({}, COSTS)] == []


@given(st.dictionaries(st.integers(0, 40), st.integers(0, 31), max_size=12))
def test_each_part_of_a_combination_is_needed(mended: dict[int, int]) -> None:
    costs = [float(number) for number in range(41)]
    every = 0
    for mask in mended.values():
        every |= mask
    found = [*complements(mended, costs)]
    assert len(found) == len(set(found))
    for places in found:
        masks = [mended[place] for place in places]
        together = [sum({1 << bit for mask in masks for bit in range(5) if mask >> bit & 1})]
        assert together == [every]
        for left_out in range(len(masks)):
            rest = 0
            for number, mask in enumerate(masks):
                rest |= mask if number != left_out else 0
            assert rest != every


def test_few_of_one_kind_are_among_the_best() -> None:
    gains = dict.fromkeys(range(30), 0.5)
    mended = {place: 1 if place < 29 else 2 for place in range(30)}
    assert best(gains, mended) == [*range(BEST_OF_A_GROUP), 29]
    assert best(gains, {}) == [*range(24)]


def test_steps_mend_different_tests() -> None:
    gains = {0: 0.5, 1: 0.5, 2: 0.25, 3: 0.0}
    assert steps(gains, {0: 1, 1: 1, 2: 2}, 2) == [0, 2]
    assert steps(gains, {}, 2) == [0, 1]
