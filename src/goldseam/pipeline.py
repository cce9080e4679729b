"""READ FIRST. The one road of a repair: read, reproduce, diagnose, search, shrink, land.

`repair` is a generator: it yields events and returns an outcome. Closing it before landing starts leaves
every file untouched; inside landing it undoes, or finishes once the repair is verified.
"""

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from goldseam.core.budget import Budget
from goldseam.core.candidate import Batch, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.errors import Changed, ModelMissing, ModelUnavailable, Refused, Unproven
from goldseam.core.event import (
    Advanced,
    AttemptStarted,
    BaselineJudged,
    BatchProposed,
    CandidateJudged,
    Diagnosed,
    Event,
    LandingStarted,
    ModelStarted,
    RepairEnded,
    RepairStarted,
    Shrunk,
)
from goldseam.core.incident import Incident
from goldseam.core.outcome import Autonomy, Clean, Declined, Exhausted, Landed, Outcome, Queued, Reason
from goldseam.core.ports import RUNGS, Analyzer, Fixer, Landing, Model, Oracle

Search = Generator[Event, None, Trial | Exhausted]
Shrinker = Callable[[Trial, Case, Oracle], Trial]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The collaborators of a repair. `model` is None when no rung may use one."""

    analyzers: tuple[Analyzer, ...]
    fixers: tuple[Fixer, ...]
    oracle_for: Callable[[Incident], Oracle]
    landing: Landing
    shrink: Shrinker
    new_id: Callable[[], str]
    model: Model | None = None


def repair(
    incident: Incident, workshop: Workshop, *, budget: Budget, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    """Repair one incident; the last event is `RepairEnded`."""
    yield RepairStarted(incident)
    outcome = yield from _repair(incident, workshop, budget, autonomy)
    yield RepairEnded(outcome)
    return outcome


def _repair(
    incident: Incident, workshop: Workshop, budget: Budget, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    try:
        original = workshop.landing.read(incident.paths)
    except Refused as refusal:
        return Declined(Reason.PROTECTED, str(refusal))
    oracle = workshop.oracle_for(incident)
    verdict = oracle.reproduce(original)
    if isinstance(verdict, Declined):
        return verdict
    yield BaselineJudged(verdict)
    if verdict.plausible:
        return Clean()
    case = diagnose(Case(incident, original, original, verdict), workshop.analyzers)
    yield Diagnosed(tuple(case.faults))
    if case.faults and all(fault.code.family == "ENV" for fault in case.faults):
        return Declined(Reason.ENVIRONMENT, f"{case.faults[0].message}: {case.faults[0].hint}")
    found = yield from search(case, workshop, oracle, budget)
    if isinstance(found, Exhausted):
        return found
    smallest = workshop.shrink(found, case, oracle)
    yield Shrunk(smallest, bytes_before=found.candidate.patch.size)
    return (yield from _land(smallest, case, workshop, oracle, autonomy))


def diagnose(case: Case, analyzers: tuple[Analyzer, ...]) -> Case:
    """The case with the faults that all analyzers see, most suspicious first."""
    faults = [fault for analyzer in analyzers for fault in analyzer(case)]
    ranked = sorted(faults, key=lambda fault: (-fault.suspiciousness, fault.path, fault.span))
    return Case(case.incident, case.original, case.current, case.verdict, tuple(ranked))


@dataclass(slots=True)
class _Branch:
    """A point of the search: a case and what is left of its ladder."""

    case: Case
    ladder: Generator[tuple[Fixer, Batch], tuple[Verdict, ...], None]
    verdicts: tuple[Verdict, ...] | None = field(default=None)

    def advance(self) -> tuple[Fixer, Batch]:
        """The next batch; raises `StopIteration` at the end of the ladder."""
        return next(self.ladder) if self.verdicts is None else self.ladder.send(self.verdicts)


def search(case: Case, workshop: Workshop, oracle: Oracle, budget: Budget) -> Search:
    """Best first over partial repairs: a child must rank better than its parent; nothing is judged twice."""
    fixers, model_missing = yield from _ready_fixers(workshop, budget)
    known: dict[str, Verdict] = {case.current.digest: case.verdict}
    started = {case.current.digest}
    order = 0
    frontier = [(case.verdict.distance, order, _Branch(case, attempts(case, fixers, budget)))]
    while frontier and not budget.exhausted:
        distance, rank, branch = heapq.heappop(frontier)
        yield AttemptStarted(budget.spent_attempts + 1)
        try:
            fixer, batch = branch.advance()
        except StopIteration:
            continue
        except ModelUnavailable as error:
            return Exhausted(None, str(error))
        budget.charge(batch.tokens)
        yield BatchProposed(fixer.name, fixer.rung, len(batch.candidates), batch.tokens, batch.rejected)
        trials = yield from _judge(batch, branch.case, oracle, known)
        if plausible := [trial for trial in trials if trial.verdict.plausible]:
            return min(plausible, key=lambda trial: trial.candidate.patch.size)
        branch.verdicts = tuple(trial.verdict for trial in trials)
        heapq.heappush(frontier, (distance, rank, branch))
        for trial in trials:
            if trial.verdict.distance < distance and trial.snapshot.digest not in started:
                started.add(trial.snapshot.digest)
                order -= 1
                child = yield from _adopt(trial, branch.case, workshop)
                heapq.heappush(
                    frontier, (trial.verdict.distance, order, _Branch(child, attempts(child, fixers, budget)))
                )
    return _exhausted(budget, model_missing)


def _ready_fixers(
    workshop: Workshop, budget: Budget
) -> Generator[Event, None, tuple[tuple[Fixer, ...], bool]]:
    """Fixers by rung, without the model's when the model cannot be had; starting it is not charged."""
    ordered = tuple(sorted(workshop.fixers, key=lambda fixer: RUNGS.index(fixer.rung)))
    if not any(fixer.needs_model for fixer in ordered):
        return ordered, False
    before = budget.clock()
    try:
        with budget.not_counted():
            if workshop.model is None:
                raise ModelMissing("no model is configured")
            workshop.model.start()
    except ModelMissing:
        return tuple(fixer for fixer in ordered if not fixer.needs_model), True
    yield ModelStarted(workshop.model.name, budget.clock() - before)
    return ordered, False


def attempts(
    case: Case, fixers: tuple[Fixer, ...], budget: Budget
) -> Generator[tuple[Fixer, Batch], tuple[Verdict, ...], None]:
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
    trials = []
    for candidate in batch.candidates:
        snapshot = case.current.apply(candidate.patch)
        verdict = known.get(snapshot.digest) or oracle.judge(snapshot)
        known[snapshot.digest] = verdict
        yield CandidateJudged(candidate, verdict)
        trials.append(Trial(candidate, snapshot, verdict))
        if verdict.plausible:
            break
    return trials


def _adopt(trial: Trial, parent: Case, workshop: Workshop) -> Generator[Event, None, Case]:
    yield Advanced(trial)
    child = diagnose(parent.advance(trial, ()), workshop.analyzers)
    yield Diagnosed(tuple(child.faults))
    return child


def _exhausted(budget: Budget, model_missing: bool) -> Exhausted:
    if model_missing:
        return Exhausted(Reason.MODEL_MISSING, "the embedded model is missing; fetch it: goldseam model pull")
    spent = (
        f"{budget.spent_attempts} attempts, {budget.spent_tokens.total} tokens, {budget.spent_seconds:.0f} s"
    )
    return Exhausted(None, f"no candidate passed the oracle ({spent})")


def _land(
    trial: Trial, case: Case, workshop: Workshop, oracle: Oracle, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    if autonomy <= Autonomy.PROPOSE:
        return Queued(trial, dry_run=True, why="dry run")
    if autonomy is Autonomy.QUEUE or trial.verdict.cautions:
        return Queued(trial, dry_run=False, why="; ".join(trial.verdict.cautions) or "review was asked for")
    yield LandingStarted(tuple(trial.snapshot.changed_since(case.original)))
    repair_id = workshop.new_id()
    try:
        workshop.landing.land(
            repair_id, case.original, trial.snapshot, lambda: oracle.judge(trial.snapshot).plausible
        )
    except Changed as change:
        return Declined(Reason.CHANGED, str(change))
    except Refused as refusal:
        return Declined(Reason.PROTECTED, str(refusal))
    except Unproven:
        return Exhausted(Reason.FLAKY_AFTER, "the repair passed once and failed when it was judged again")
    return Landed(repair_id, trial)
