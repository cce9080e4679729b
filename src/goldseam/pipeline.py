"""READ FIRST. The one road of a repair: read, reproduce, diagnose, search, shrink, land.

`repair` is a generator: it yields events and returns an outcome. Closing it before landing starts leaves
every file untouched; inside landing it undoes, or finishes once the repair is verified.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import cast

from goldseam.core.budget import SECONDS_A_TOKEN, Budget
from goldseam.core.candidate import Trial
from goldseam.core.case import Case
from goldseam.core.diagnosis import Diagnosis
from goldseam.core.errors import Changed, FlakyOracle, LandingError, Paused, Refused, StoreError, Unproven
from goldseam.core.event import (
    BaselineJudged,
    BudgetPlanned,
    Diagnosed,
    Event,
    LandingStarted,
    NotRemembered,
    RepairEnded,
    RepairStarted,
    Shrunk,
)
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident
from goldseam.core.outcome import Autonomy, Clean, Declined, Exhausted, Landed, Outcome, Queued, Reason
from goldseam.core.ports import Analyzer, Fixer, Landing, Memory, Model, Oracle
from goldseam.core.source import Snapshot
from goldseam.diagnose.behind_syntax import Behind, behind_syntax
from goldseam.diagnose.fusion import fuse
from goldseam.diagnose.localize import localized
from goldseam.diagnose.planning import plan_of
from goldseam.learn.account import Account, Setting
from goldseam.search import search

Road = Generator[Event, None, tuple[Outcome, Snapshot | None]]
Shrinker = Callable[[Trial, Case, Oracle, Budget], Trial]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The collaborators of a repair; without a `memory` nothing is remembered."""

    analyzers: tuple[Analyzer, ...]
    fixers: tuple[Fixer, ...]
    oracle_for: Callable[[Incident], Oracle]
    landing: Landing
    shrink: Shrinker
    new_id: Callable[[], str]
    setting: Setting
    model: Model | None = None
    memory: Memory | None = None


def repair(
    incident: Incident, workshop: Workshop, *, budget: Budget, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    """Repair one incident; the last event is `RepairEnded`, and the record of it is remembered."""
    account = Account(workshop.new_id(), incident)
    yield RepairStarted(incident)
    road = _road(incident, workshop, account.repair_id, budget, autonomy)
    outcome, original = yield from _accounted(road, account)
    record = account.close(outcome, original, budget, workshop.setting, datetime.now(UTC))
    if workshop.memory is not None:
        try:
            workshop.memory.remember(record)
        except StoreError as error:
            yield NotRemembered(str(error))
    yield RepairEnded(outcome, record)
    return outcome


def _accounted(road: Road, account: Account) -> Road:
    """The same events, each entered into the account."""
    try:
        while True:
            account.add(event := next(road))
            yield event
    except StopIteration as end:
        return cast(tuple[Outcome, Snapshot | None], end.value)
    finally:
        road.close()


def _road(incident: Incident, workshop: Workshop, repair_id: str, budget: Budget, autonomy: Autonomy) -> Road:
    try:
        original = workshop.landing.read(incident.paths)
    except Refused as refusal:
        return Declined(Reason.PROTECTED, str(refusal)), None
    oracle = workshop.oracle_for(incident)
    verdict = oracle.reproduce(original)
    if isinstance(verdict, Declined):
        return verdict, original
    yield BaselineJudged(verdict)
    if verdict.plausible:
        return Clean(), original
    case = Case(incident, original, original, verdict)
    try:
        outcome = yield from _mend(case, workshop, oracle, repair_id, budget, autonomy)
    except FlakyOracle as error:
        outcome = Declined(Reason.FLAKY, str(error))
    return outcome, original


def _mend(
    case: Case, workshop: Workshop, oracle: Oracle, repair_id: str, budget: Budget, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    """From a reproduced failure to an outcome."""
    case = diagnose(replace(case, traced=oracle.observe(case.current)), workshop.analyzers, oracle)
    yield Diagnosed(tuple(case.faults))
    if case.faults and all(fault.code.family == "ENV" for fault in case.faults):
        return Declined(Reason.ENVIRONMENT, f"{case.faults[0].message}: {case.faults[0].hint}")
    if budget.left_open and (plan := plan_of(case)) is not None:
        budget.settle(plan.attempts, plan.tokens, plan.seconds)
        yield BudgetPlanned(budget.attempts, budget.tokens, budget.seconds)
    found = yield from search(
        case, workshop.fixers, workshop.model, oracle, budget, partial(_rediagnosed, workshop, oracle)
    )
    if isinstance(found, Exhausted):
        return found
    smallest = workshop.shrink(found, case, oracle, budget)
    yield Shrunk(smallest, bytes_before=found.candidate.patch.size)
    return (yield from _land(smallest, case, workshop, oracle, repair_id, autonomy))


def _rediagnosed(workshop: Workshop, oracle: Oracle, case: Case) -> Case:
    """A case that the search has advanced to, as far as it is known without running it as if mended."""
    return diagnose(replace(case, traced=oracle.observe(case.current)), workshop.analyzers)


def diagnose(case: Case, analyzers: tuple[Analyzer, ...], oracle: Oracle | None = None) -> Case:
    """The case with the faults that all analyzers see and a red run supports, most suspicious first.

    With an `oracle`, what syntax faults hide is looked for as well, where it has commands by running the
    files as if mended.
    """
    case = localized(case)
    found = [fault for analyzer in analyzers for fault in analyzer(case)]
    if oracle is not None and (behind := behind_syntax(case, found)):
        found += behind.told(_hidden(behind, analyzers, oracle))
    faults, suspicions = fuse(found, case)
    return replace(case, faults=faults, suspicions=suspicions)


def _hidden(behind: Behind, analyzers: tuple[Analyzer, ...], oracle: Oracle) -> list[Fault]:
    """What analyzers see behind syntax faults; nothing where mending these mends all.

    Where the mended files are not run, only what needs no run is told.
    """
    try:
        verdict = oracle.judge(behind.case.current)
    except FlakyOracle:
        return []
    if verdict.plausible:
        return []
    if not (verdict.observation.run or verdict.observation.test_run):
        return [fault for analyzer in analyzers for fault in analyzer(behind.case) if fault.static]
    case = localized(behind.seen(verdict, oracle.observe(behind.case.current)).case)
    shown, suspected = fuse((fault for analyzer in analyzers for fault in analyzer(case)), case)
    return [*(replace(fault, static=False) for fault in shown), *suspected]


def examine(incident: Incident, workshop: Workshop) -> Diagnosis:
    """All that a repair of one incident would know before it proposes anything; nothing is written.

    Where the oracle is green, or cannot tell, what static tools say is a suspicion and no more.
    """
    try:
        original = workshop.landing.read(incident.paths)
    except Refused as refusal:
        return Diagnosis(declined=Declined(Reason.PROTECTED, str(refusal)))
    oracle = workshop.oracle_for(incident)
    verdict = oracle.reproduce(original)
    if isinstance(verdict, Declined):
        return Diagnosis(declined=verdict, snapshot=original)
    traced = None if verdict.plausible else oracle.observe(original)
    case = diagnose(Case(incident, original, original, verdict, traced=traced), workshop.analyzers, oracle)
    if verdict.plausible:
        case = replace(case, faults=())
    return Diagnosis(
        tuple(case.faults),
        tuple(case.suspicions),
        plan_of(case, 1 / SECONDS_A_TOKEN),
        verdict=verdict,
        snapshot=original,
    )


def _land(
    trial: Trial, case: Case, workshop: Workshop, oracle: Oracle, repair_id: str, autonomy: Autonomy
) -> Generator[Event, None, Outcome]:
    if autonomy <= Autonomy.PROPOSE:
        return Queued(trial, dry_run=True, why="dry run")
    if autonomy is Autonomy.QUEUE or trial.verdict.cautions:
        return Queued(trial, dry_run=False, why="; ".join(trial.verdict.cautions) or "review was asked for")
    yield LandingStarted(tuple(trial.snapshot.changed_since(case.original)))
    try:
        workshop.landing.land(
            repair_id, case.original, trial.snapshot, lambda: oracle.judge(trial.snapshot).plausible
        )
    except Changed as change:
        return Declined(Reason.CHANGED, str(change))
    except Refused as refusal:
        return Declined(Reason.PROTECTED, str(refusal))
    except Paused as halt:
        return Declined(Reason.PAUSED, str(halt))
    except Unproven:
        return Exhausted(Reason.FLAKY_AFTER, "the repair passed once and failed when it was judged again")
    except LandingError as error:
        return Declined(Reason.ENVIRONMENT, f"a repair was proven and could not be written: {error}")
    return Landed(repair_id, trial)
