"""Mutation search: small changes at the localized statements, the likeliest first, then several together.

A search does not go on from a change that mends only a part before all rungs were tried: a crash that is
mutated away is no nearer to its repair. The operators are
the families of `mutations`; each change costs what its operator says and more the less
suspicious its statement is. Batches grow, since a fast judge tries thousands of changes a second and a search
that ends early should not wait for the rest; the first is large enough that others beside the likeliest have
their say in the consensus. Where nothing is judged fast the batches stay small. Repair by
mutation of suspicious statements is by Debroy and Wong (2010).
"""

import math
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement, Mark, Screening, Steps
from goldseam.core.case import Case
from goldseam.core.ports import Fixer
from goldseam.core.source import Edit, Patch
from goldseam.plugins import hookimpl
from goldseam.propose.mutating import combining
from goldseam.propose.mutating.sites import Mutant, mutants
from goldseam.propose.mutations import families

FIRST_BATCH, MOST_IN_BATCH, MOST_SINGLES = 1_000, 2_000, 16_000
FIRST_OF_A_PROGRAM = 200
"""Each change of a program that has no tests is a run of the whole program."""
UNSCREENED_BATCH = 12
SHARE_OF_SECONDS, SHARE_BEHIND_OTHERS = 0.35, 0.5
"""Of the seconds that are left: before the dearer rungs have their turn, and once they had it."""
MOST_TOGETHER = 2_000
MOST_STEPS = 2
ONE_OUTPUT = "nothing speaks for several small changes but one output"
ENDS_WELL = "nothing speaks for this change but that the program ends well"
UNSEEN_COST = 1.3
"""A change dearer than this that turns one red test green is more likely wrong than right."""
A_TEST = 2 / 3
"""How much dearer it may be where e times as many tests were red: each speaks against chance."""


@dataclass(slots=True)
class Known:
    """What a fast judge said of single changes, by their place: how much they mend, and which tests.

    `combined` are those that were tried together.
    """

    gains: dict[int, float] = field(default_factory=dict)
    mended: dict[int, int] = field(default_factory=dict)
    combined: set[tuple[int, ...]] = field(default_factory=set)

    def add(self, told: Mapping[int, Judgement]) -> None:
        for place, judgement in told.items():
            if isinstance(judgement, Screening):
                self.gains[place] = judgement.gain
                self.mended[place] = judgement.mended


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
        known = Known()
        size = FIRST_BATCH if case.incident.oracle.test else FIRST_OF_A_PROGRAM
        queue = [*range(len(singles))]
        has_rested = False
        while queue:
            if budget.seconds_left <= least:
                if has_rested:
                    break
                yield Batch(rests=True)
                has_rested, least = True, budget.seconds_left * (1 - SHARE_BEHIND_OTHERS)
            places, queue = queue[:size], queue[size:]
            told = yield from self._batch([singles[place] for place in places], case)
            size = _next_size(size, told.values())
            known.add({place: told[number] for number, place in enumerate(places) if number in told})
            left = [place for number, place in enumerate(places) if _is_open(told.get(number))]
            if size == UNSCREENED_BATCH and len(left) < len(told):
                queue = left + queue
            yield from self._complements(singles, known, case)
        if size > UNSCREENED_BATCH and budget.seconds_left > least:
            yield from self._pairs(singles, known, case)
        if steps := combining.steps(known.gains, known.mended, MOST_STEPS):
            yield Batch(tuple(self._candidate(singles[place], case) for place in steps), steps=Steps.LAST)

    def _complements(
        self, singles: Sequence[Mutant], known: "Known", case: Case
    ) -> Generator[Batch, tuple[Judgement, ...], None]:
        """What mends different tests, together, as soon as it is known."""
        costs = [mutant.cost for mutant in singles]
        found = [one for one in combining.complements(known.mended, costs) if one not in known.combined]
        if found:
            known.combined.update(found)
            yield from self._batch([*_together(singles, found)][: _most(case)], case, parts=2)

    def _pairs(
        self, singles: Sequence[Mutant], known: "Known", case: Case
    ) -> Generator[Batch, tuple[Judgement, ...], None]:
        """Pairs for which nothing speaks but that each is likely, or mends something."""
        chosen = combining.best(known.gains, known.mended)
        found = (one for one in combining.pairs(chosen, len(singles)) if one not in known.combined)
        yield from self._batch([*_together(singles, found)][: _most(case)], case)

    def _batch(
        self, some: Sequence[Mutant], case: Case, parts: int = 1
    ) -> Generator[Batch, tuple[Judgement, ...], dict[int, Judgement]]:
        """What was told of each mutant, by its place; of those that do not parse nothing.

        Of `parts` of a mutant each has tests that speak for it.
        """
        sound = [
            place
            for place, mutant in enumerate(some)
            if mutant.unit.parses(case.current.files[mutant.path], mutant.edits)
        ]
        if not sound:
            return {}
        red = max(1, len(case.observation.failing))
        unseen = parts * UNSEEN_COST + A_TEST * math.log(red)
        told = yield Batch(
            tuple(self._candidate(some[place], case) for place in sound), steps=Steps.NEVER, unseen=unseen
        )
        return dict(zip(sound, told, strict=False))

    def _candidate(self, mutant: Mutant, case: Case) -> Candidate:
        patch = Patch({mutant.path: mutant.edits})
        return Candidate(patch, self.name, self.rung, mutant.why, _cautions(mutant, case), cost=mutant.cost)


def _cautions(mutant: Mutant, case: Case) -> tuple[str, ...]:
    oracle = case.incident.oracle
    if oracle.test:
        return ()
    if oracle.expected is None:
        return (ENDS_WELL,)
    return (ONE_OUTPUT,) if mutant.parts > 1 else ()


def _most(case: Case) -> int:
    """How many combinations are tried: without tests each is a run of the whole program."""
    return MOST_TOGETHER if case.incident.oracle.test else FIRST_OF_A_PROGRAM


def _next_size(size: int, told: Iterable[Judgement]) -> int:
    marks = [judgement.mark for judgement in told if isinstance(judgement, Screening)]
    if marks and all(mark is Mark.UNSCREENED for mark in marks):
        return UNSCREENED_BATCH
    return min(2 * size, MOST_IN_BATCH)


def _is_open(judgement: Judgement | None) -> bool:
    """Whether nobody has said anything of it yet."""
    return isinstance(judgement, Screening) and judgement.mark is Mark.UNSCREENED


def _together(singles: Sequence[Mutant], combinations: Iterable[Sequence[int]]) -> Iterator[Mutant]:
    """Mutants of several edits; those whose edits meet, or lie in several files, are left out."""
    for places in combinations:
        parts = [singles[place] for place in places]
        edits = [edit for part in parts for edit in part.edits]
        if len({part.path for part in parts}) == 1 and not _overlap(edits):
            why = "; ".join(part.why for part in parts)
            cost = sum(part.cost for part in parts)
            yield Mutant(parts[0].path, tuple(sorted(edits)), cost, why, parts[0].unit, len(parts))


def _overlap(edits: Iterable[Edit]) -> bool:
    spans = sorted(edit.span for edit in edits)
    return any(right.start < left.end or right == left for left, right in pairwise(spans))


@hookimpl
def goldseam_fixers() -> tuple[Fixer, ...]:
    return (MutationSearch(),)
