"""What an examination found: faults that count, suspicions that do not, and what a repair may cost."""

from dataclasses import dataclass

from goldseam.core.candidate import Verdict
from goldseam.core.fault import Fault
from goldseam.core.outcome import Declined
from goldseam.core.source import Snapshot


@dataclass(frozen=True, slots=True)
class Plan:
    """What the faults are worth: attempts, model tokens, wall seconds; `threads` if they are involved."""

    attempts: int
    tokens: int
    seconds: float
    threads: bool


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The faults of an incident, most suspicious first; `verdict` is None where nothing could be judged.

    `suspicions` are what static tools say and no red run supports. `snapshot` holds the bytes in which all
    spans lie. `declined` says why there is no more.
    """

    faults: tuple[Fault, ...] = ()
    suspicions: tuple[Fault, ...] = ()
    plan: Plan | None = None
    verdict: Verdict | None = None
    declined: Declined | None = None
    snapshot: Snapshot | None = None
