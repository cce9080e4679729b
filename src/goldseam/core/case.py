"""A case: everything known about one incident at one point of the search."""

from collections.abc import Sequence
from dataclasses import dataclass

from goldseam.core.candidate import Trial, Verdict
from goldseam.core.fault import Fault, Suspect
from goldseam.core.incident import Incident
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot


@dataclass(frozen=True, slots=True)
class Case:
    """`original` is what the owner wrote; `current` is where the search stands, judged by `verdict`.

    `faults` count; `suspicions` are what static tools say and no red run supports. `suspects` are the
    statements that failing runs went through, the most suspicious first. `traced` is the observation of a
    traced run of `current`.
    """

    incident: Incident
    original: Snapshot
    current: Snapshot
    verdict: Verdict
    faults: Sequence[Fault] = ()
    suspicions: Sequence[Fault] = ()
    suspects: Sequence[Suspect] = ()
    traced: Observation | None = None

    @property
    def observation(self) -> Observation:
        """The best that was seen of `current`."""
        return self.traced or self.verdict.observation

    def advance(self, trial: Trial) -> "Case":
        """The case as it stands after `trial` has been adopted, not yet diagnosed."""
        return Case(self.incident, self.original, trial.snapshot, trial.verdict)
