"""The search for a plausible patch: best first over partial repairs, the ladder's cheapest rung first.

A child must rank better than its parent (`Verdict.distance`), and no snapshot is judged twice. Each point
of the search keeps its own ladder, suspended where it stands, so that a better child goes first and its
parent goes on when the child's ladder is used up.
"""

import heapq
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelMissing, ModelUnavailable
from goldseam.core.event import (
    Advanced,
    AttemptStarted,
    BatchProposed,
    CandidateJudged,
    Diagnosed,
    Event,
    ModelStarted,
)
from goldseam.core.outcome import Exhausted, Reason
from goldseam.core.ports import RUNGS, Fixer, Model, Oracle

Ladder = Generator[tuple[Fixer, Batch], tuple[Verdict, ...], None]
Rediagnose = Callable[[Case], Case]


@dataclass(slots=True)
class Point:
    """One point of the search: a case and what is left of its ladder."""

    case: Case
    ladder: Ladder
    verdicts: tuple[Verdict, ...] | None = None

    def next_batch(self) -> tuple[Fixer, Batch] | None:
        """The next batch, or None at the end of the ladder."""
        try:
            return next(self.ladder) if self.verdicts is None else self.ladder.send(self.verdicts)
        except StopIteration:
            return None


@dataclass(slots=True)
class Frontier:
    """Points by distance, the newest first among equals; each snapshot enters once."""

    entered: set[str] = field(default_factory=set)
    _heap: list[tuple[tuple[float, ...], int, Point]] = field(default_factory=list)
    _count: int = 0

    def push(self, point: Point) -> None:
        self.entered.add(point.case.current.digest)
        self._count += 1
        heapq.heappush(self._heap, (point.case.verdict.distance, -self._count, point))

    def pop(self) -> Point | None:
        return heapq.heappop(self._heap)[2] if self._heap else None


def search(
    case: Case,
    fixers: tuple[Fixer, ...],
    model: Model | None,
    oracle: Oracle,
    budget: Budget,
    rediagnose: Rediagnose,
) -> Generator[Event, None, Trial | Exhausted]:
    """The simplest plausible trial of the first batch that has one, or why there is none."""
    ordered = tuple(sorted(fixers, key=lambda fixer: RUNGS.index(fixer.rung)))
    try:
        ready = yield from _ready(ordered, model, budget)
        found = yield from _climb(case, ready, oracle, budget, rediagnose)
    except ModelUnavailable as error:
        return Exhausted(None, str(error))
    if isinstance(found, Trial):
        return found
    if len(ready) < len(ordered):
        return Exhausted(Reason.MODEL_MISSING, "the embedded model is missing; fetch it: goldseam model pull")
    spent = (
        f"{budget.spent_attempts} attempts, {budget.spent_tokens.total} tokens, {budget.spent_seconds:.0f} s"
    )
    return Exhausted(None, f"no candidate passed the oracle ({spent}); the nearest: {found.evidence}")


def _ready(
    fixers: tuple[Fixer, ...], model: Model | None, budget: Budget
) -> Generator[Event, None, tuple[Fixer, ...]]:
    """The fixers, without those of a model that cannot be had; starting it is not charged."""
    if not any(fixer.needs_model for fixer in fixers) or model is None:
        return fixers
    began = budget.clock()
    try:
        with budget.not_counted():
            model.start()
    except ModelMissing:
        return tuple(fixer for fixer in fixers if not fixer.needs_model)
    yield ModelStarted(model.name, budget.clock() - began)
    return fixers


def _climb(
    case: Case, fixers: tuple[Fixer, ...], oracle: Oracle, budget: Budget, rediagnose: Rediagnose
) -> Generator[Event, None, Trial | Verdict]:
    """A plausible trial, or the verdict nearest to green."""
    frontier, known = Frontier(), {case.current.digest: case.verdict}
    frontier.push(Point(case, attempts(case, fixers, budget)))
    while not budget.exhausted and (point := frontier.pop()):
        yield AttemptStarted(budget.spent_attempts + 1)
        if (answer := point.next_batch()) is None:
            continue
        fixer, batch = answer
        budget.charge(batch.tokens)
        yield BatchProposed(fixer.name, fixer.rung, len(batch.candidates), batch.tokens, batch.rejected)
        trials = yield from _judge(batch, point.case, oracle, known)
        if plausible := [trial for trial in trials if trial.verdict.plausible]:
            return min(plausible, key=lambda trial: trial.candidate.patch.size)
        point.verdicts = tuple(trial.verdict for trial in trials)
        frontier.push(point)
        for trial in _better(trials, point.case, frontier):
            yield Advanced(trial)
            child = rediagnose(point.case.advance(trial))
            yield Diagnosed(tuple(child.faults))
            frontier.push(Point(child, attempts(child, fixers, budget)))
    return min(known.values(), key=lambda verdict: verdict.distance)


def attempts(case: Case, fixers: tuple[Fixer, ...], budget: Budget) -> Ladder:
    """Every fixer's batches for one case, cheapest rung first; each batch is sent its verdicts."""
    for fixer in fixers:
        conversation = fixer.propose(case, budget)
        batch = next(conversation, None)
        while batch is not None:
            verdicts = yield fixer, batch
            try:
                batch = conversation.send(verdicts)
            except StopIteration:
                batch = None


def _judge(
    batch: Batch, case: Case, oracle: Oracle, known: dict[str, Verdict]
) -> Generator[Event, None, list[Trial]]:
    """A trial each, up to the first plausible one."""
    trials: list[Trial] = []
    for candidate in batch.candidates:
        snapshot = case.current.apply(candidate.patch)
        verdict = known.get(snapshot.digest) or oracle.judge(snapshot)
        known[snapshot.digest] = verdict
        verdict = candidate.doubted(verdict)
        yield CandidateJudged(candidate, verdict)
        trials.append(Trial(candidate, snapshot, verdict))
        if verdict.plausible:
            break
    return trials


def _better(trials: list[Trial], parent: Case, frontier: Frontier) -> Iterator[Trial]:
    for trial in trials:
        if trial.verdict.distance < parent.verdict.distance and trial.snapshot.digest not in frontier.entered:
            yield trial
