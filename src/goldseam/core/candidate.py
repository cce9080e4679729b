"""Candidate patches and the verdicts on them."""

import math
from dataclasses import dataclass, field, replace
from enum import StrEnum

from goldseam.core.budget import Tokens
from goldseam.core.observation import Observation
from goldseam.core.source import Patch, Snapshot


@dataclass(frozen=True, slots=True)
class Candidate:
    """A patch against the case's current snapshot; `why` says in a sentence what it does.

    `cautions` are its fixer's own doubts; they become those of its verdict. Of several that would do, the
    one of lowest `cost` is taken: how unlikely its fixer holds it, comparable within a batch.
    """

    patch: Patch
    fixer: str
    rung: str
    why: str
    cautions: tuple[str, ...] = ()
    cost: float = 0.0

    def doubted(self, verdict: "Verdict") -> "Verdict":
        """The oracle's verdict with the cautions of this candidate."""
        return replace(verdict, cautions=tuple(dict.fromkeys((*verdict.cautions, *self.cautions))))


class Steps(StrEnum):
    """When a search goes on from a candidate that mends only a part."""

    AT_ONCE = "at once"
    LAST = "when all rungs were tried"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a fixer proposes at once, and what it spent on it.

    An empty batch is honest: a model was asked, the tokens are spent, `rejected` says why nothing came.
    `steps` tells when the search may go on from a candidate that mends only a part. `unseen` is the cost of
    the right repair's being one that the fixer does not know, in the measure of its candidates' costs. With
    a batch that `rests` a fixer gives way to the dearer ones, to be asked again behind them.
    """

    candidates: tuple[Candidate, ...] = ()
    tokens: Tokens = field(default_factory=Tokens)
    rejected: tuple[str, ...] = ()
    steps: Steps = Steps.AT_ONCE
    unseen: float = math.inf
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The oracle's word. `plausible` alone decides; `distance` only ranks (smaller is nearer to green).

    `checks` names each check and whether it was green; `evidence` is text for the next prompt and for a
    person; `cautions` each lower the autonomy to QUEUE.
    """

    plausible: bool
    checks: tuple[tuple[str, bool], ...]
    distance: tuple[float, ...]
    evidence: str
    observation: Observation
    cautions: tuple[str, ...] = ()


class Mark(StrEnum):
    """What a fast run says of a candidate: never that it is plausible."""

    RED = "red"
    PROMISING = "promising"
    UNSCREENED = "unscreened"


@dataclass(frozen=True, slots=True)
class Screening:
    """The word of the fast judge, which may share one process for many candidates.

    `gain` is the share of what was red that a red candidate turned green, from 0 to 1; less than 0 if it
    broke what was green. `evidence` says what it did, as that of a verdict does. `behaviour` are marks of
    what a promising candidate did with inputs beyond those of the tests, the same inputs for all. `mended`
    are the red tests that a candidate turned green, or the lines that it set right, a bit each, where known.
    """

    mark: Mark
    gain: float = 0.0
    evidence: str = ""
    behaviour: tuple[str, ...] = ()
    mended: int = 0


Judgement = Verdict | Screening
"""What a fixer is told of a candidate."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate, the snapshot it makes, and its verdict."""

    candidate: Candidate
    snapshot: Snapshot
    verdict: Verdict
