"""Reduces a plausible patch to edits that are all needed.

Delta debugging (Zeller and Hildebrandt, 2002) over the edits of the patch: the result is 1-minimal, no
single edit can be left out. First the fast judge tries to leave out each edit alone, all in one box: what is
red without an edit needs it. Costs one judgement a subset tried beyond that, none for a patch of one edit.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from goldseam.core.budget import Budget
from goldseam.core.candidate import Candidate, Mark, Trial, Verdict
from goldseam.core.case import Case
from goldseam.core.ports import Oracle
from goldseam.core.source import Edit, Patch

MAX_JUDGEMENTS = 24
SCREENED_FROM, SCREENING_SECONDS = 3, 20.0

Placed = tuple[str, Edit]
Item = TypeVar("Item")


def shrink(trial: Trial, case: Case, oracle: Oracle, budget: Budget) -> Trial:
    """The trial with the whole patch against the owner's bytes, without edits that it does not need.

    When the seconds are up, what is not tried yet stays.
    """
    whole = trial.snapshot.patch_since(case.original)
    placed = [(path, edit) for path, edits in whole.edits.items() for edit in edits]
    verdicts: dict[str, Verdict] = {}

    def still_plausible(subset: Sequence[Placed]) -> bool:
        if len(verdicts) >= MAX_JUDGEMENTS or not budget.seconds_left:
            return False
        snapshot = case.original.apply(_patch(subset))
        verdicts[snapshot.digest] = verdict = oracle.judge(snapshot)
        return verdict.plausible

    needed = _needed(placed, trial.candidate, case, oracle, budget)
    doubtful = [item for item in placed if item not in needed]
    least = minimise(doubtful, lambda some: still_plausible([*needed, *some]), may_be_empty=bool(needed))
    kept = _patch([item for item in placed if item in needed or item in least])
    snapshot = case.original.apply(kept)
    candidate = replace(trial.candidate, patch=kept)
    return Trial(candidate, snapshot, candidate.doubted(verdicts.get(snapshot.digest, trial.verdict)))


def _needed(
    placed: Sequence[Placed], candidate: Candidate, case: Case, oracle: Oracle, budget: Budget
) -> list[Placed]:
    """Edits without which the fast judge sees red; none where it cannot tell."""
    if len(placed) < SCREENED_FROM or not budget.seconds_left:
        return []
    without = [_patch([item for item in placed if item != left_out]) for left_out in placed]
    tried = [replace(candidate, patch=patch) for patch in without]
    screenings = oracle.screen(case.original, tried, min(SCREENING_SECONDS, budget.seconds_left))
    pairs = zip(placed, screenings, strict=True)
    return [item for item, screening in pairs if screening.mark is Mark.RED]


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


def _patch(placed: Sequence[Placed]) -> Patch:
    paths = dict.fromkeys(path for path, _ in placed)
    return Patch({path: tuple(edit for at, edit in placed if at == path) for path in paths})
