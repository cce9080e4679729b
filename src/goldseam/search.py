"""The search for a plausible patch: best first over partial repairs, the ladder's cheapest rung first.

A child must rank better than its parent (`Verdict.distance`), and no snapshot is judged twice. Where a
repair of a cheap rung does away with a failure and another one shows, never seen before, that is a child too:
a program that fails six times at one line comes no nearer to green until its last fault is mended. Each point
of the search keeps its own ladder, suspended where it stands, so that a better child goes first and its
parent goes on when the child's ladder is used up. A child that is no nearer and came of a guess waits until a
dearer rung of its parent had its first try, lest a wrong guess hide the right change; a fixer may have its
steps wait for all rungs. Of a large batch only those are judged that fast runs of all of them leave.
"""

import heapq
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Candidate, Judgement, Mark, Screening, Steps, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import ModelMissing, ModelUnavailable
from goldseam.core.event import (
    Advanced,
    AttemptStarted,
    BatchProposed,
    BatchScreened,
    CandidateJudged,
    Diagnosed,
    Event,
    ModelStarted,
)
from goldseam.core.observation import Ended
from goldseam.core.outcome import Exhausted, Reason
from goldseam.core.ports import RUNGS, Fixer, Model, Oracle
from goldseam.verify.consensus import DOUBTFUL, supports

SCREENED_FROM = 3
"""Fewer candidates are judged at once: a screening starts as much as a judgement does."""
SCREENING_SECONDS = 30.0
MOST_UNSCREENED = 12
SAMPLES = 3
AMBIGUOUS = "other small repairs pass the same tests and behave otherwise"

_NUMBER = re.compile(r"0x[0-9a-fA-F]+|\d+")
CHEAP_RUNGS = frozenset({"learned", "template"})

Signature = frozenset[tuple[str, str, str]]
Ladder = Generator[tuple[Fixer, Batch], tuple[Judgement, ...], None]
Conversation = Generator[Batch, tuple[Judgement, ...], None]
Rediagnose = Callable[[Case], Case]


@dataclass(slots=True)
class Point:
    """One point of the search: a case and what is left of its ladder, none before the search gets there.

    It came of `trial`. Of its children those `waiting` wait until a dearer rung had its first try, the
    `last` until all rungs had theirs.
    """

    case: Case
    trial: Trial | None = None
    ladder: Ladder | None = None
    told: tuple[Judgement, ...] | None = None
    waiting: list["Point"] = field(default_factory=list)
    last: list["Point"] = field(default_factory=list)

    def next_batch(self) -> tuple[Fixer, Batch] | None:
        """The next batch, or None at the end of the ladder."""
        assert self.ladder is not None
        try:
            return next(self.ladder) if self.told is None else self.ladder.send(self.told)
        except StopIteration:
            return None


@dataclass(slots=True)
class Frontier:
    """Points by distance, the newest first among equals; each snapshot enters once.

    `shown` are the failures that points had, each a signature without lines and values.
    """

    entered: set[str] = field(default_factory=set)
    shown: set[Signature] = field(default_factory=set)
    _heap: list[tuple[tuple[float, ...], int, Point]] = field(default_factory=list)
    _count: int = 0

    def push(self, point: Point, parent: Case | None = None) -> None:
        """Enter a point; a child never ranks behind its parent."""
        self.entered.add(point.case.current.digest)
        self.shown.add(signature(point.case.verdict))
        self._count += 1
        distance = point.case.verdict.distance
        rank = min(distance, parent.verdict.distance) if parent else distance
        heapq.heappush(self._heap, (rank, -self._count, point))

    def push_all(self, children: list[Point], parent: Point) -> None:
        """Enter children that waited for their parent, the first of them to go first."""
        while children:
            self.push(children.pop(), parent.case)

    def pop(self) -> Point | None:
        return heapq.heappop(self._heap)[2] if self._heap else None


@dataclass(slots=True)
class Readiness:
    """Starts the model when the ladder first reaches a rung that asks it; starting is not charged."""

    model: Model | None
    budget: Budget
    started_in: float | None = None
    is_missing: bool = False

    def can_ask(self, fixer: Fixer) -> bool:
        """Whether the fixer has what it needs."""
        if not fixer.needs_model or self.model is None or self.started_in is not None:
            return True
        if not self.is_missing:
            self._start(self.model)
        return not self.is_missing

    def _start(self, model: Model) -> None:
        began = self.budget.clock()
        try:
            with self.budget.not_counted():
                model.start()
        except ModelMissing:
            self.is_missing = True
        else:
            self.started_in = self.budget.clock() - began


def search(
    case: Case,
    fixers: tuple[Fixer, ...],
    model: Model | None,
    oracle: Oracle,
    budget: Budget,
    rediagnose: Rediagnose,
) -> Generator[Event, None, Trial | Exhausted]:
    """The first plausible trial, or why there is none."""
    ordered = tuple(sorted(fixers, key=lambda fixer: RUNGS.index(fixer.rung)))
    readiness = Readiness(model, budget)
    try:
        found = yield from _climb(case, ordered, oracle, budget, rediagnose, readiness)
    except ModelUnavailable as error:
        return Exhausted(None, str(error))
    if isinstance(found, Trial):
        return found
    if readiness.is_missing:
        return Exhausted(Reason.MODEL_MISSING, "the embedded model is missing; fetch it: goldseam model pull")
    spent = (
        f"{budget.spent_attempts} attempts, {budget.spent_tokens.total} tokens, {budget.spent_seconds:.0f} s"
    )
    return Exhausted(None, f"no candidate passed the oracle ({spent}); the nearest: {found.evidence}")


def _climb(
    case: Case,
    fixers: tuple[Fixer, ...],
    oracle: Oracle,
    budget: Budget,
    rediagnose: Rediagnose,
    readiness: Readiness,
) -> Generator[Event, None, Trial | Verdict]:
    """A plausible trial, or the verdict nearest to green."""
    frontier, known = Frontier(), {case.current.digest: case.verdict}
    told_of_model = False
    frontier.push(Point(case))
    while not budget.exhausted and (point := frontier.pop()):
        if point.trial is not None and point.ladder is None:
            yield Advanced(point.trial)
            point.case = rediagnose(point.case)
            yield Diagnosed(tuple(point.case.faults))
        point.ladder = point.ladder or attempts(point.case, fixers, budget, readiness.can_ask)
        yield AttemptStarted(budget.spent_attempts + 1)
        began = budget.spent_seconds
        answer = point.next_batch()
        if readiness.model is not None and readiness.started_in is not None and not told_of_model:
            told_of_model = True
            yield ModelStarted(readiness.model.name, readiness.started_in)
        if answer is None:
            frontier.push_all(point.last, point)
            frontier.push_all(point.waiting, point)
            continue
        fixer, batch = answer
        budget.charge(batch.tokens, budget.spent_seconds - began)
        yield BatchProposed(fixer.name, fixer.rung, len(batch.candidates), batch.tokens, batch.rejected)
        screenings = yield from _screen(fixer, batch, point.case, oracle, budget)
        trials = yield from _judge(batch, screenings, point.case, oracle, known, budget)
        if found := next((trial for trial in trials.values() if trial.verdict.plausible), None):
            return found
        point.told = _told(batch, screenings, trials)
        frontier.push(point)
        if fixer.rung not in CHEAP_RUNGS:
            frontier.push_all(point.waiting, point)
        steps = () if batch.steps is Steps.NEVER else trials.values()
        for trial in _better(steps, point.case, frontier):
            child = Point(point.case.advance(trial), trial)
            if batch.steps is Steps.LAST:
                point.last.append(child)
            elif _is_guess(trial, point.case):
                point.waiting.append(child)
            else:
                frontier.push(child, point.case)
    return min(known.values(), key=lambda verdict: verdict.distance)


def attempts(
    case: Case, fixers: tuple[Fixer, ...], budget: Budget, can_ask: Callable[[Fixer], bool]
) -> Ladder:
    """Every fixer's batches for one case, cheapest rung first; each batch is sent what it was judged.

    Those that rest go on when all others have said what they have to say.
    """
    resting: list[tuple[Fixer, Conversation]] = []
    for fixer in fixers:
        if can_ask(fixer):
            conversation = fixer.propose(case, budget)
            batch = next(conversation, None)
            if (yield from _until_rest(fixer, conversation, batch)):
                resting.append((fixer, conversation))
    while resting:
        fixer, conversation = resting.pop(0)
        if (yield from _until_rest(fixer, conversation, _sent(conversation, ()))):
            resting.append((fixer, conversation))


def _until_rest(
    fixer: Fixer, conversation: Conversation, batch: Batch | None
) -> Generator[tuple[Fixer, Batch], tuple[Judgement, ...], bool]:
    """Hand on the fixer's batches; whether it rests, and has more to say."""
    while batch is not None and not batch.rests:
        told = yield fixer, batch
        batch = _sent(conversation, told)
    return batch is not None


def _sent(conversation: Conversation, told: tuple[Judgement, ...]) -> Batch | None:
    try:
        return conversation.send(told)
    except StopIteration:
        return None


def _screen(
    fixer: Fixer, batch: Batch, case: Case, oracle: Oracle, budget: Budget
) -> Generator[Event, None, tuple[Screening, ...]]:
    """What fast runs say of a large batch, in its order; of a small one nothing."""
    if len(batch.candidates) < SCREENED_FROM:
        return (Screening(Mark.UNSCREENED),) * len(batch.candidates)
    began = budget.clock()
    seconds = min(SCREENING_SECONDS, budget.seconds_left)
    screenings = oracle.screen(case.current, batch.candidates, seconds)
    counts = Counter(screening.mark for screening in screenings)
    samples = dict.fromkeys(
        screening.evidence for screening in screenings if screening.mark is Mark.RED and screening.evidence
    )
    yield BatchScreened(fixer.name, counts, budget.clock() - began, tuple(samples)[:SAMPLES])
    return screenings


def _judge(
    batch: Batch,
    screenings: Sequence[Screening],
    case: Case,
    oracle: Oracle,
    known: dict[str, Verdict],
    budget: Budget,
) -> Generator[Event, None, dict[int, Trial]]:
    """A trial each, by the candidates' place in the batch, up to the first plausible one."""
    trials: dict[int, Trial] = {}
    promising = [at for at, screening in enumerate(screenings) if screening.mark is Mark.PROMISING]
    was_screened = any(screening.mark is not Mark.UNSCREENED for screening in screenings)
    support = supports(batch.candidates, screenings, promising, batch.unseen)
    for place in _in_order(batch, screenings, support):
        if not budget.seconds_left:
            break
        candidate = _doubted(batch.candidates[place], support.get(place, 1.0))
        snapshot = case.current.apply(candidate.patch)
        doubtful = was_screened and place not in promising
        verdict = known.get(snapshot.digest) or oracle.judge(snapshot, doubtful=doubtful)
        known[snapshot.digest] = verdict
        verdict = candidate.doubted(verdict)
        yield CandidateJudged(candidate, verdict)
        trials[place] = Trial(candidate, snapshot, verdict)
        if verdict.plausible:
            break
    return trials


def _in_order(batch: Batch, screenings: Sequence[Screening], support: Mapping[int, float]) -> Iterator[int]:
    """Places of the candidates that are worth a judgement: the promising, the unscreened, the nearest red."""
    every = range(len(screenings))

    def rank(at: int) -> tuple[float, float, int, int]:
        candidate = batch.candidates[at]
        return -round(support.get(at, 0.0), 3), candidate.cost, candidate.patch.size, at

    yield from sorted(support, key=rank)
    yield from [at for at in every if screenings[at].mark is Mark.UNSCREENED][:MOST_UNSCREENED]
    nearer = [at for at in every if screenings[at].mark is Mark.RED and screenings[at].gain > 0]
    if nearer and batch.steps is not Steps.NEVER:
        yield min(nearer, key=lambda at: (-screenings[at].gain, rank(at)))


def _doubted(candidate: Candidate, support: float) -> Candidate:
    """The candidate, with a caution where the tests allow others that behave otherwise."""
    if support >= DOUBTFUL:
        return candidate
    return replace(candidate, cautions=(*candidate.cautions, AMBIGUOUS))


def _told(
    batch: Batch, screenings: Sequence[Screening], trials: Mapping[int, Trial]
) -> tuple[Judgement, ...]:
    """What the fixer is told of each candidate: the oracle's word where there is one."""
    return tuple(
        trials[at].verdict if at in trials else screenings[at] for at in range(len(batch.candidates))
    )


def _better(trials: Iterable[Trial], parent: Case, frontier: Frontier) -> Iterator[Trial]:
    for trial in trials:
        if trial.snapshot.digest in frontier.entered:
            continue
        if trial.verdict.distance < parent.verdict.distance or _moved_on(trial, parent, frontier):
            frontier.entered.add(trial.snapshot.digest)
            frontier.shown.add(signature(trial.verdict))
            yield trial


def _is_guess(trial: Trial, parent: Case) -> bool:
    return trial.candidate.cost > 0 and trial.verdict.distance >= parent.verdict.distance


def _moved_on(trial: Trial, parent: Case, frontier: Frontier) -> bool:
    """Whether a cheap repair leaves, of a program that failed, a failure that no point had before."""
    before, after = parent.verdict.observation, trial.verdict.observation
    if trial.candidate.rung not in CHEAP_RUNGS or trial.verdict.distance[0] != parent.verdict.distance[0]:
        return False
    still_fails = before.run is not None and after.run is not None and not after.run.succeeded
    if not still_fails and trial.verdict.distance != parent.verdict.distance:
        return False
    shown = signature(trial.verdict)
    return bool(shown) and shown not in frontier.shown


def signature(verdict: Verdict) -> Signature:
    """What failed, without lines and numbers: kinds, messages and functions, and how runs ended."""
    seen = verdict.observation
    failed = {
        (
            failure.kind,
            _NUMBER.sub("", failure.message),
            failure.frames[-1].function if failure.frames else "",
        )
        for failure in seen.failures
    }
    ended = {
        (str(run.ended), "", "") for run in (seen.run, seen.test_run) if run and run.ended is not Ended.EXITED
    }
    return frozenset(failed | ended)
