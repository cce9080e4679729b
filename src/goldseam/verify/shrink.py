"""Reduces a plausible patch to units that are all needed.

Delta debugging (Zeller and Hildebrandt, 2002) over the *units* of the patch: an edit each, but the edits that
the diagnosis gives as the fix of one fault go together, since half a renaming is worse than none. The result
is 1-minimal: no single unit can be left out. First the fast judge tries to leave out each unit alone, all in
one box: what is red without it needs it. Costs one judgement a subset tried beyond that, none for one unit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from goldseam.core.budget import Budget
from goldseam.core.candidate import Candidate, Mark, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.fault import Fault
from goldseam.core.ports import Oracle
from goldseam.core.source import Edit, Patch

MAX_JUDGEMENTS = 24
SCREENED_FROM, SCREENING_SECONDS = 3, 20.0

Placed = tuple[str, Edit]
Unit = tuple[Placed, ...]
Item = TypeVar("Item")


def shrink(trial: Trial, case: Case, oracle: Oracle, budget: Budget) -> Trial:
    """The trial with the whole patch against the owner's bytes, without units that it does not need.

    When the seconds are up, what is not tried yet stays.
    """
    whole = trial.snapshot.patch_since(case.original)
    units = units_of([(path, edit) for path, edits in whole.edits.items() for edit in edits], case.faults)
    verdicts: dict[str, Verdict] = {}

    def still_plausible(subset: Sequence[Unit]) -> bool:
        if len(verdicts) >= MAX_JUDGEMENTS or not budget.seconds_left:
            return False
        snapshot = case.original.apply(_patch(subset))
        verdicts[snapshot.digest] = verdict = oracle.judge(snapshot)
        return verdict.plausible

    needed = _needed(units, trial.candidate, case, oracle, budget)
    doubtful = [unit for unit in units if unit not in needed]
    least = minimise(doubtful, lambda some: still_plausible([*needed, *some]), may_be_empty=bool(needed))
    kept = _patch([unit for unit in units if unit in needed or unit in least])
    snapshot = case.original.apply(kept)
    candidate = replace(trial.candidate, patch=kept)
    return Trial(candidate, snapshot, candidate.doubted(verdicts.get(snapshot.digest, trial.verdict)))


def units_of(placed: Sequence[Placed], faults: Iterable[Fault]) -> list[Unit]:
    """The edits in their order, those of one whole fix of a fault as one unit."""
    together: dict[Placed, Unit] = {}
    for fault in faults:
        for fix in (fault.fix, *fault.others):
            parts = [[one for one in placed if _meets(one, fault.path, edit)] for edit in fix]
            if len(parts) > 1 and all(parts):
                unit = tuple(one for one in placed if any(one in part for part in parts))
                together = dict.fromkeys(unit, unit) | together
    return list(dict.fromkeys(together.get(one, (one,)) for one in placed))


def _meets(one: Placed, path: str, edit: Edit) -> bool:
    """Whether an edit is at the place of another; those of one line may have become one."""
    here, there = one[1].span, edit.span
    return one[0] == path and here.start <= there.end and there.start <= here.end


def _needed(
    units: Sequence[Unit], candidate: Candidate, case: Case, oracle: Oracle, budget: Budget
) -> list[Unit]:
    """Units without which the fast judge sees red; none where it cannot tell."""
    if len(units) < SCREENED_FROM or not budget.seconds_left:
        return []
    without = [_patch([unit for unit in units if unit != left_out]) for left_out in units]
    tried = [replace(candidate, patch=patch) for patch in without]
    screenings = oracle.screen(case.original, tried, min(SCREENING_SECONDS, budget.seconds_left))
    pairs = zip(units, screenings, strict=True)
    return [unit for unit, screening in pairs if screening.mark is Mark.RED]


def minimise(
    items: Sequence[Item], holds: Callable[[Sequence[Item]], bool], *, may_be_empty: bool = False
) -> list[Item]:
    """A smallest-by-deletion sublist for which `holds`; `items` itself is known to hold."""
    kept, pieces = list(items), 2
    while len(kept) > (0 if may_be_empty else 1):
        size = max(1, len(kept) // pieces)
        chunks = [kept[start : start + size] for start in range(0, len(kept), size)]
        rest = next(
            (
                remaining
                for chunk in chunks
                if holds(remaining := [item for item in kept if item not in chunk])
            ),
            None,
        )
        if rest is not None:
            kept, pieces = rest, max(2, pieces - 1)
        elif size == 1:
            return kept
        else:
            pieces = min(len(kept), pieces * 2)
    return kept


def _patch(units: Iterable[Unit]) -> Patch:
    placed = [one for unit in units for one in unit]
    paths = dict.fromkeys(path for path, _ in placed)
    return Patch({path: tuple(sorted(edit for at, edit in placed if at == path)) for path in paths})
