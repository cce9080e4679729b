"""Of several candidates that pass the same tests, the one that behaves as the likely ones do.

Tests rarely say all: candidates that pass them may differ on other inputs (Xin and Reiss, "Identifying
test-suite-overfitted patches through test case generation", 2017). The fast judge tries the promising ones on
inputs made from those of the tests. On each input a candidate is supported by those that answer alike, each
weighed by how likely its fixer holds it; right repairs come in many spellings that agree, wrong ones are
each wrong in their own way. The same change at several places, or with its words in another order, is one
spelling. The right repair may also be one that nobody proposed: that stands against all.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goldseam.core.candidate import Candidate, Screening

STEEPNESS = 1.5
"""How much less likely a candidate is a unit of cost further on, as the exponent of e."""
STEEPNESS_UNTRIED = 3.0
"""The same where no inputs tell candidates apart, and all rests on how likely they are."""

_WORD = re.compile(r"\w+|[^\w\s]+")

DOUBTFUL = 0.5
"""A candidate with less support than this share of all is not landed unseen."""


def supports(
    candidates: Sequence[Candidate],
    screenings: Sequence[Screening],
    places: Sequence[int],
    unseen: float = math.inf,
) -> Mapping[int, float]:
    """The support of the candidates at `places`, from 0 to 1: the mean over all inputs.

    `unseen` is the cost of the right repair's being none of them, in the candidates' measure. Without inputs
    nothing tells them apart, and each has no other support than its own weight.
    """
    inputs = max((len(screenings[at].behaviour) for at in places), default=0)
    steepness = STEEPNESS if inputs else STEEPNESS_UNTRIED
    least = min((candidates[at].cost for at in places), default=0.0)
    weights = {at: math.exp(-steepness * (candidates[at].cost - least)) for at in places}
    against = math.exp(-steepness * (unseen - least))
    spelt = {at: tuple(sorted(_WORD.findall(candidates[at].why))) for at in places}
    shares = dict.fromkeys(places, 0.0)
    for number in range(inputs or 1):
        spellings: defaultdict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
        for at in places:
            told = spellings[_answer(screenings[at], number)]
            told[spelt[at]] = max(weights[at], told.get(spelt[at], 0.0))
        answers = {answer: _together(told.values()) for answer, told in spellings.items()}
        total = sum(answers.values()) + against
        for at in places:
            shares[at] += answers[_answer(screenings[at], number)] / total
    return {at: share / (inputs or 1) for at, share in shares.items()}


def _together(weights: Iterable[float]) -> float:
    """The weight of spellings that agree: each counts half as much as the one before.

    A large batch has many spellings of whatever it can spell at all, which is no reason to believe it.
    """
    return sum(weight * 0.5**place for place, weight in enumerate(sorted(weights, reverse=True)))


def _answer(screening: Screening, number: int) -> str:
    """What a candidate did with an input; one that was not tried agrees with nobody else."""
    return screening.behaviour[number] if number < len(screening.behaviour) else f"untried {id(screening)}"
