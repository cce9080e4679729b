"""Mutation search: small changes at the localized statements, the likeliest first, then pairs of the best.

A search does not go on from a change that mends only a part before all of them were tried. The operators are
the families of `mutations`; each change costs what its operator says and more the less
suspicious its statement is. Batches grow, since a fast judge tries thousands of changes a second and a search
that ends early should not wait for the rest; the first is large enough that others beside the likeliest have
their say in the consensus. Where nothing is judged fast the batches stay small. Repair by
mutation of suspicious statements is by Debroy and Wong (2010).
"""

import math
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement, Mark, Screening
from goldseam.core.case import Case
from goldseam.core.ports import Fixer
from goldseam.core.source import Edit, Patch
from goldseam.plugins import hookimpl
from goldseam.propose.mutations import families
from goldseam.propose.sites import Mutant, mutants

FIRST_BATCH, MOST_IN_BATCH, MOST_SINGLES = 1_000, 2_000, 16_000
FIRST_OF_A_PROGRAM = 200
"""Each change of a program that has no tests is a run of the whole program."""
UNSCREENED_BATCH = 12
SHARE_OF_SECONDS = 0.35
BEST, CHEAPEST, MOST_PAIRS = 24, 48, 2_000
MOST_STEPS = 2
UNSEEN_COST = 1.3
"""A change dearer than this that turns one red test green is more likely wrong than right."""
A_TEST = 2 / 3
"""How much dearer it may be where e times as many tests were red: each speaks against chance."""


@dataclass(frozen=True, slots=True)
class MutationSearch:
    """A fixer that asks nobody."""

    name: str = "mutation-search"
    rung: str = "mutation"
    needs_model: bool = False

    def propose(self, case: Case, budget: Budget) -> Generator[Batch, tuple[Judgement, ...], None]:
        if any(fault.code.family == "SYN" for fault in case.faults) or not case.incident.oracle.commands:
            return
        least = budget.seconds_left * (1 - SHARE_OF_SECONDS)
        singles = sorted(mutants(case, families()), key=lambda mutant: mutant.cost)[:MOST_SINGLES]
        gains: dict[int, float] = {}
        size = FIRST_BATCH if case.incident.oracle.test else FIRST_OF_A_PROGRAM
        queue = [*range(len(singles))]
        while queue and budget.seconds_left > least:
            places, queue = queue[:size], queue[size:]
            told = yield from self._batch([singles[place] for place in places], case)
            size = _next_size(size, told.values())
            gains |= {place: _gain(told.get(number)) for number, place in enumerate(places)}
            left = [place for number, place in enumerate(places) if _is_open(told.get(number))]
            if size == UNSCREENED_BATCH and len(left) < len(told):
                queue = left + queue
        if size > UNSCREENED_BATCH and budget.seconds_left > least:
            most = MOST_PAIRS if case.incident.oracle.test else FIRST_OF_A_PROGRAM
            yield from self._batch([*_pairs(singles, gains)][:most], case)
        if steps := _ranked(gains)[:MOST_STEPS]:
            yield Batch(tuple(self._candidate(singles[place]) for place in steps))

    def _batch(
        self, some: Sequence[Mutant], case: Case
    ) -> Generator[Batch, tuple[Judgement, ...], dict[int, Judgement]]:
        """What was told of each mutant, by its place; of those that do not parse nothing."""
        sound = [
            place
            for place, mutant in enumerate(some)
            if mutant.unit.parses(case.current.files[mutant.path], mutant.edits)
        ]
        if not sound:
            return {}
        red = max(1, len(case.observation.failing))
        unseen = UNSEEN_COST + A_TEST * math.log(red)
        told = yield Batch(
            tuple(self._candidate(some[place]) for place in sound), has_steps=False, unseen=unseen
        )
        return dict(zip(sound, told, strict=False))

    def _candidate(self, mutant: Mutant) -> Candidate:
        patch = Patch({mutant.path: mutant.edits})
        return Candidate(patch, self.name, self.rung, mutant.why, cost=mutant.cost)


def _next_size(size: int, told: Iterable[Judgement]) -> int:
    marks = [judgement.mark for judgement in told if isinstance(judgement, Screening)]
    if marks and all(mark is Mark.UNSCREENED for mark in marks):
        return UNSCREENED_BATCH
    return min(2 * size, MOST_IN_BATCH)


def _is_open(judgement: Judgement | None) -> bool:
    """Whether nobody has said anything of it yet."""
    return isinstance(judgement, Screening) and judgement.mark is Mark.UNSCREENED


def _gain(judgement: Judgement | None) -> float:
    return judgement.gain if isinstance(judgement, Screening) else 0.0


def _ranked(gains: Mapping[int, float]) -> list[int]:
    """Places of those that mend a part, the most first, the cheapest first among equals."""
    return sorted((place for place in gains if gains[place] > 0), key=lambda place: (-gains[place], place))


def _pairs(singles: Sequence[Mutant], gains: dict[int, float]) -> Iterator[Mutant]:
    """Two singles together: the best with each other, with the cheapest, and the cheapest with each other."""
    chosen = [*_ranked(gains)[:BEST], *range(min(CHEAPEST, len(singles)))]
    numbered = dict.fromkeys(chosen)
    for one, other in combinations(numbered, 2):
        if paired := _paired(singles[one], singles[other]):
            yield paired


def _paired(one: Mutant, other: Mutant) -> Mutant | None:
    if one.path != other.path or _overlap(one.edits, other.edits):
        return None
    edits = tuple(sorted((*one.edits, *other.edits)))
    return Mutant(one.path, edits, one.cost + other.cost, f"{one.why}; {other.why}", one.unit)


def _overlap(some: Iterable[Edit], others: Iterable[Edit]) -> bool:
    spans = sorted(edit.span for edit in (*some, *others))
    return any(right.start < left.end or right == left for left, right in pairwise(spans))


@hookimpl
def goldseam_fixers() -> tuple[Fixer, ...]:
    return (MutationSearch(),)
