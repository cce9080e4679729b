"""The scenarios of the crash test: exhaustive over the numbered steps first, then random ones from a seed."""

import random
from collections.abc import Iterator
from dataclasses import replace
from errno import EIO
from pathlib import Path

from landing_faults import ERRNOS, Edit, Error, Phase, Scenario, Stop, run
from landing_world import STYLES, Repair, plain_repair, random_repair

from goldseam.land.effects import Step


def steps_of(root: Path, repair: Repair, accepted: bool, exchange: bool = True) -> list[Step]:
    """The numbered steps of an undisturbed landing."""
    seen = run(root, Scenario(repair, accepted, (Phase(),), exchange))
    if seen.wrong:
        raise SystemExit(f"VIOLATION without any fault: {seen.wrong}")
    return seen.steps


def stops(root: Path, count: int, *, power: bool = False, exchange: bool = True) -> Iterator[Scenario]:
    """The process dies at every step that changes something; then one recovery."""
    repair = plain_repair(count)
    for accepted in (True, False):
        steps = steps_of(root, repair, accepted, exchange)
        numbers = [step.number for step in steps if step.changes]
        for number in [*numbers, len(steps) + 1] if power else numbers:
            yield Scenario(repair, accepted, (Phase(Stop(number, power)),), exchange)


def double_stops(root: Path, count: int, *, power: bool = False, exchange: bool = True) -> Iterator[Scenario]:
    """The process dies at every step after the intent, and its recovery at every step of its own."""
    repair = plain_repair(count)
    for accepted in (True, False):
        steps = steps_of(root, repair, accepted, exchange)
        prepared = next(step.number for step in steps if step.name == "journal prepared")
        for step in steps:
            if not step.changes or step.number <= prepared:
                continue
            first = Phase(Stop(step.number, power))
            for again in _recovery_steps(root, Scenario(repair, accepted, (first,), exchange)):
                yield Scenario(repair, accepted, (first, Phase(Stop(again, power))), exchange)


def _recovery_steps(root: Path, scenario: Scenario) -> list[int]:
    return [step.number for step in run(root, scenario).recovery if step.changes]


def errors(root: Path, count: int, numbers: tuple[int, ...] = ERRNOS) -> Iterator[Scenario]:
    """Every step fails: once before its action, once after it, and from there on."""
    repair = plain_repair(count)
    for accepted in (True, False):
        for step in steps_of(root, repair, accepted):
            for number in numbers:
                yield _failing(repair, accepted, Error(step.number, number))
                yield _failing(repair, accepted, Error(step.number, number, lasting=True))
            if step.changes:
                yield _failing(repair, accepted, Error(step.number, numbers[0], after=True))


def _failing(repair: Repair, accepted: bool, error: Error) -> Scenario:
    return Scenario(repair, accepted, (Phase(errors=(error,)),))


def edits(
    root: Path, count: int, styles: tuple[str, ...] = STYLES, delays: tuple[int, ...] = (0, 2)
) -> Iterator[Scenario]:
    """The owner saves each file at every step, in every style, at once or across steps."""
    repair = plain_repair(count)
    for accepted in (True, False):
        for step in steps_of(root, repair, accepted):
            for name in repair.base:
                for style in styles:
                    for delay in delays:
                        edit = Edit(step.number, name, style, delay)
                        yield Scenario(repair, accepted, (Phase(edits=(edit,)),))


def unknown_commits(root: Path, count: int) -> Iterator[Scenario]:
    """The commit is durable but reported as failed, the journal is silent, and the process dies as well."""
    repair = plain_repair(count)
    at = next(s.number for s in steps_of(root, repair, True) if s.name == "journal verified")
    silent = (Error(at, EIO, after=True), Error(at + 1, EIO, lasting=True, only="journal "))
    undisturbed = Scenario(repair, True, (Phase(errors=silent),))
    for step in run(root, undisturbed).steps:
        if step.number > at and step.changes:
            yield Scenario(repair, True, (Phase(Stop(step.number), silent),))


def seconds(root: Path, count: int) -> Iterator[Scenario]:
    """A second goldseam starts at every step under the lock."""
    repair = plain_repair(count)
    steps = steps_of(root, repair, True)
    locked = next(step.number for step in steps if step.name == "lock")
    for step in steps[locked:]:
        yield Scenario(repair, True, (Phase(second=step.number),))


def random_scenario(rng: random.Random, reach: int = 260) -> Scenario:
    """Edits, errors and a stop in a landing of one to five files, then up to three disturbed recoveries.

    Power cuts come without edits: the model of the disk does not know what an editor synced.
    """
    repair = random_repair(rng)
    power = rng.random() < 0.2
    names = [] if power else rng.sample(sorted(repair.base), rng.randint(0, min(2, len(repair.base))))
    phases = [_random_phase(rng, reach if n == 0 else 60, power) for n in range(rng.choice((1, 1, 2, 3, 4)))]
    for name in names:
        at = rng.choice((0, 0, rng.randrange(len(phases))))
        made = (*phases[at].edits, _random_edit(rng, name, reach if at == 0 else 60))
        phases[at] = replace(phases[at], edits=made)
    return Scenario(repair, rng.random() < 0.6, tuple(phases))


def _random_edit(rng: random.Random, name: str, reach: int) -> Edit:
    return Edit(rng.randint(1, reach), name, rng.choice(STYLES), rng.choice((0, 0, 1, 2, 5)))


def _random_phase(rng: random.Random, reach: int, power: bool) -> Phase:
    stop = Stop(rng.randint(1, reach), power) if rng.random() < 0.6 else None
    error = Error(
        rng.randint(1, reach),
        rng.choice(ERRNOS),
        after=rng.random() < 0.2,
        lasting=rng.random() < 0.3,
    )
    return Phase(stop, (error,) if rng.random() < 0.4 else ())
