"""Candidates that pass the same tests, told apart by what they do with other inputs."""

import math

from goldseam.core.candidate import Candidate, Mark, Screening
from goldseam.core.source import Patch
from goldseam.verify.consensus import DOUBTFUL, supports


def of(*told: tuple[float, str], unseen: float = math.inf) -> dict[int, float]:
    """Supports of candidates by their costs and what they do, a letter an input."""
    candidates = [
        Candidate(Patch({}), "f", "mutation", f"why {at}", cost=told[at][0]) for at in range(len(told))
    ]
    screenings = [Screening(Mark.PROMISING, behaviour=tuple(answers)) for _, answers in told]
    return dict(supports(candidates, screenings, range(len(told)), unseen))


def test_many_spellings_of_one_behaviour_outweigh_a_likelier_loner() -> None:
    found = of((0.5, "xyxy"), (0.7, "aaaa"), (0.8, "aaaa"), (0.9, "aaab"))
    assert max(found, key=lambda at: found[at]) in (1, 2)
    assert found[0] < DOUBTFUL < found[1]


def test_an_unlikely_crowd_does_not_outweigh_a_likely_one() -> None:
    found = of((0.5, "aaaa"), (3.0, "bbbb"), (3.0, "bbbb"), (3.0, "bbbb"))
    assert found[0] > DOUBTFUL > found[1]


def test_where_all_differ_all_are_doubtful() -> None:
    assert all(support < DOUBTFUL for support in of((1, "ab"), (1, "cd"), (1, "ef")).values())


def test_one_alone_is_not_doubtful() -> None:
    assert of((0.5, "abc")) == {0: 1.0}
    assert of((0.5, "")) == {0: 1.0}
    assert of() == {}


def test_one_alone_that_is_dearer_than_something_unseen_is_doubtful() -> None:
    assert of((1.5, "abc"), unseen=1.3)[0] < DOUBTFUL < of((1.1, "abc"), unseen=1.3)[0]


def test_dear_ones_that_agree_outweigh_what_nobody_proposed() -> None:
    agreeing = of((1.5, "abc"), (1.5, "abc"), (1.6, "abc"), unseen=1.3)
    assert all(support > DOUBTFUL for support in agreeing.values())


def test_a_crowd_of_unlikely_ones_does_not_outweigh_what_nobody_proposed() -> None:
    crowd = of(*[(2.2, "abc")] * 20, unseen=1.3)
    assert all(support < DOUBTFUL for support in crowd.values())


def test_one_change_at_several_places_is_one_spelling() -> None:
    def support(*whys: str) -> float:
        candidates = [Candidate(Patch({}), "f", "mutation", why, cost=1.4) for why in whys]
        screenings = [Screening(Mark.PROMISING, behaviour=("a",))] * len(whys)
        return supports(candidates, screenings, range(len(whys)), 1.3)[0]

    assert support("copy `x()`", "copy `x()`") == support("copy `x()`") < DOUBTFUL
    assert support("copy `x()`", "insert `x()`") > DOUBTFUL
    assert support("`a` becomes `a or b`", "`a` becomes `b or a`") < DOUBTFUL


def test_without_inputs_only_a_far_likelier_one_is_not_doubtful() -> None:
    alike = of((0.5, ""), (0.6, ""), (0.7, ""))
    assert all(support < DOUBTFUL for support in alike.values())
    apart = of((0.5, ""), (2.5, ""), (2.5, ""))
    assert apart[0] > DOUBTFUL > apart[1]


def test_what_was_not_tried_supports_nobody() -> None:
    found = of((1, "aa"), (1, "a"), (1, ""))
    assert found[0] == found[1] > found[2]
