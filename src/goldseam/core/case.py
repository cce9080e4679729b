"""A case: everything known about one incident at one point of the search."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldseam.core.candidate import Trial, Verdict
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident
from goldseam.core.source import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """`original` is what the owner wrote; `current` is where the search stands, judged by `verdict`."""

    incident: Incident
    original: Snapshot
    current: Snapshot
    verdict: Verdict
    faults: Sequence[Fault] = ()

    def advance(self, trial: Trial, faults: Sequence[Fault]) -> "Case":
        """The case as it stands after `trial` has been adopted."""
        return replace(self, current=trial.snapshot, verdict=trial.verdict, faults=tuple(faults))
