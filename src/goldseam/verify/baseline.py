"""What the owner's bytes did in several runs: what is demanded of a repair, and what is too flaky to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from goldseam.core.observation import Observation, TestOutcome, TestResult
from goldseam.core.outputs import stable_prefix


@dataclass(frozen=True, slots=True)
class Baseline:
    """Printed lines to keep, test results to compare with, tests that differed between runs.

    `written` are project files that the commands wrote in their own copy.
    """

    prefix: list[bytes | None] = field(default_factory=list)
    tests: Mapping[str, TestResult] = field(default_factory=dict)
    flaky: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()


def baseline_of(seen: Sequence[Observation]) -> Baseline | None:
    """The baseline, or None if the runs disagree and no test fails in all of them."""
    first = seen[0]
    if len({_ending(observation) for observation in seen}) > 1:
        return None
    outcomes = [_outcomes(observation) for observation in seen]
    names = set().union(*outcomes)
    flaky = frozenset(name for name in names if len({outcome.get(name) for outcome in outcomes}) > 1)
    stable = {name: result for name, result in first.tests.items() if name not in flaky}
    if flaky and not any(result.outcome is TestOutcome.FAILED for result in stable.values()):
        return None
    return Baseline(_prefix(seen), stable, flaky, _written(seen))


def _ending(seen: Observation) -> tuple[object, ...]:
    """How the program ended; of a test run with ids the ids say more."""
    runs = [seen.run] if seen.tests else [seen.run, seen.test_run]
    return tuple((run.exit_code, run.ended) for run in runs if run is not None)


def _outcomes(seen: Observation) -> dict[str, TestOutcome]:
    return {name: result.outcome for name, result in seen.tests.items()}


def _prefix(seen: Sequence[Observation]) -> list[bytes | None]:
    runs = [observation.run for observation in seen if observation.run is not None]
    return stable_prefix([run.stdout for run in runs])


def _written(seen: Sequence[Observation]) -> frozenset[str]:
    runs = [run for observation in seen for run in (observation.run, observation.test_run) if run]
    return frozenset(path for run in runs for path in run.written)
