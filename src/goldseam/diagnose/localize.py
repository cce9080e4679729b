"""Where the fault most likely lies: statements ranked by the tests that ran them, and by what the run showed.

The base is Ochiai (Abreu, Zoeteweij, van Gemund 2006): a statement is the more suspicious the more failing
tests ran it and the fewer passing ones. Evidence of the run is added: the innermost statement of the project
in an error's frames, and where a run that did not end was found. What is left equal is told apart by what
a statement does, as conditions and returned values are wrong more often than the constant that a variable
starts with, and by how much there is in it to be wrong. The head of a definition is never ranked. Statements
that are equal even so share a rank; whoever needs one alone gets them in the order of the file.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from goldseam.core.case import Case
from goldseam.core.fault import Code, Suspect
from goldseam.core.observation import Observation, TestOutcome
from goldseam.diagnose.statements import Kind, Statement, statements_in

WEIGHTS: Mapping[Kind, float] = {
    Kind.CONDITION: 0.03,
    Kind.RETURN: 0.04,
    Kind.ASSIGNMENT: 0.02,
    Kind.LOOP: 0.01,
    Kind.CALL: 0.0,
    Kind.OTHER: 0.0,
    Kind.INITIALISER: -0.1,
}
ERROR_WEIGHT = 0.05
WORD_WEIGHT, MOST_WORDS = 0.003, 16
HOT_WEIGHT, HOT_CONDITION_WEIGHT, HOT_SHARE = 0.06, 0.12, 0.3
HIGHEST = 1.0 + 0.04 + WORD_WEIGHT * MOST_WORDS + ERROR_WEIGHT + HOT_CONDITION_WEIGHT
Lines = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Spectrum:
    """The lines that failing tests ran, and those that passing tests ran, one entry a test."""

    failing: tuple[Lines, ...]
    passing: tuple[Lines, ...]


def localized(case: Case) -> Case:
    """The case with its suspects."""
    return replace(case, suspects=localize(case.observation, case.current.files))


def localize(seen: Observation, sources: Mapping[str, bytes]) -> tuple[Suspect, ...]:
    """The statements of `sources` that a failing test or run went through, most suspicious first."""
    spectrum = spectrum_of(seen)
    shown = evidence_in(seen)
    every = [
        suspect
        for path in sources
        if any(path in lines for lines in spectrum.failing)
        for statement in statements_in(path, sources[path])
        if statement.kind is not Kind.DEFINITION
        and (suspect := _suspect(statement, spectrum, shown)) is not None
    ]
    return tuple(sorted(every, key=_order))


def _order(suspect: Suspect) -> tuple[float, str, int]:
    return -suspect.suspiciousness, suspect.path, suspect.first


def spectrum_of(seen: Observation) -> Spectrum:
    """The tests' lines by outcome; a red run of `--run` is a failing test."""
    failing, passing = [], []
    for test, lines in seen.lines.items():
        result = seen.tests.get(test)
        if (result is not None and result.outcome is TestOutcome.FAILED) or (not test and is_red(seen)):
            failing.append(lines)
        elif result is not None and result.outcome is TestOutcome.PASSED:
            passing.append(lines)
    return Spectrum(tuple(failing), tuple(passing))


def is_red(seen: Observation) -> bool:
    """Whether the run of `--run` failed, or printed something else than was expected."""
    return seen.run is not None and (not seen.run.succeeded or seen.expected is not None)


def wrong_result(seen: Observation) -> Code | None:
    """What is wrong if it is a result: tests fail by assertions, or the program prints something else."""
    if seen.syntax:
        return None
    if seen.run is not None and seen.run.succeeded and seen.expected is not None:
        return Code.LOG_WRONG_OUTPUT
    failing = any(result.outcome is TestOutcome.FAILED for result in seen.tests.values())
    kinds = {failure.kind.rpartition(".")[2].split(" ")[0] for failure in seen.failures}
    if failing and (not kinds or "AssertionError" in kinds):
        return Code.LOG_WRONG_RESULT
    return None


@dataclass(frozen=True, slots=True)
class Shown:
    """Weight and reason of a line by what the run showed of it."""

    errors: Mapping[tuple[str, int], float]
    hot: Mapping[tuple[str, int], float]


def evidence_in(seen: Observation) -> Shown:
    """Lines where errors came up, as a share of all failures, and hot lines relative to the hottest."""
    errors: dict[tuple[str, int], float] = {}
    for failure in seen.failures:
        if failure.frames and not failure.kind.endswith("AssertionError"):
            place = failure.frames[-1].path, failure.frames[-1].line
            errors[place] = errors.get(place, 0.0) + 1 / len(seen.failures)
    most = max((line.share for line in seen.hot), default=0.0)
    return Shown(errors, {(line.path, line.line): line.share / most for line in seen.hot if line.share > 0})


def ochiai(failed: int, passed: int, failing: int) -> float:
    return failed / math.sqrt(failing * (failed + passed)) if failed else 0.0


def _suspect(statement: Statement, spectrum: Spectrum, shown: Shown) -> Suspect | None:
    failed = _count(statement, spectrum.failing)
    passed = _count(statement, spectrum.passing)
    if not failed:
        return None
    failing = len(spectrum.failing)
    coverage = ochiai(failed, passed, failing)
    score = coverage + WEIGHTS.get(statement.kind, 0.0)
    score += WORD_WEIGHT * min(statement.words, MOST_WORDS)
    told = [f"{failed} of {failing} failing and {passed} of {len(spectrum.passing)} passing tests run it"]
    places = [(statement.path, line) for line in range(statement.first, statement.last + 1)]
    if error := max((shown.errors.get(place, 0.0) for place in places), default=0.0):
        score += ERROR_WEIGHT * error
        told.append("an error comes up in it")
    if max((shown.hot.get(place, 0.0) for place in places), default=0.0) > HOT_SHARE:
        score += HOT_CONDITION_WEIGHT if statement.kind is Kind.CONDITION else HOT_WEIGHT
        told.append("the run was found here when its time was over")
    share = min(1.0, max(0.0, score / HIGHEST))
    return Suspect(
        statement.path,
        statement.first,
        statement.last,
        statement.span,
        str(statement.kind),
        share,
        coverage,
        tuple(told),
    )


def _count(statement: Statement, tests: Iterable[Lines]) -> int:
    wanted = range(statement.first, statement.last + 1)
    return sum(
        1
        for lines in tests
        if (ran := lines.get(statement.path)) is not None and any(line in ran for line in wanted)
    )
