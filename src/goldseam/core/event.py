"""What a repair tells while it runs: one past-tense class a step, read by every front end alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from goldseam.core.budget import Tokens
from goldseam.core.candidate import Candidate, Mark, Trial, Verdict
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident
from goldseam.core.outcome import Outcome
from goldseam.core.record import RepairRecord


@dataclass(frozen=True, slots=True)
class RepairStarted:
    """An incident was taken up."""

    incident: Incident


@dataclass(frozen=True, slots=True)
class BaselineJudged:
    """The oracle judged the owner's bytes."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """Faults were found at the point where the search stands."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class BudgetPlanned:
    """Where nobody gave a limit, the faults decided: what the repair may spend, in wall seconds."""

    attempts: int
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ModelStarted:
    """A model is ready to answer."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """The ladder was asked for its next batch; `attempt` counts from 1."""

    attempt: int


@dataclass(frozen=True, slots=True)
class BatchProposed:
    """A fixer answered; `rejected` are answers that were no candidates, with reasons."""

    fixer: str
    rung: str
    candidates: int
    tokens: Tokens
    rejected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchScreened:
    """A large batch was tried fast: `marks` counts its candidates, `samples` are words on some red ones."""

    fixer: str
    marks: Mapping[Mark, int]
    seconds: float
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CandidateJudged:
    """The oracle judged a candidate."""

    candidate: Candidate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Advanced:
    """A candidate brought the search nearer to green and was adopted as its new start."""

    trial: Trial


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A plausible patch was reduced."""

    trial: Trial
    bytes_before: int


@dataclass(frozen=True, slots=True)
class LandingStarted:
    """The repair is being written."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotRemembered:
    """The repair stands, but its record could not be stored."""

    message: str


@dataclass(frozen=True, slots=True)
class RepairEnded:
    """The last event of every repair, with the record of it."""

    outcome: Outcome
    record: RepairRecord


Event = (
    RepairStarted
    | BaselineJudged
    | Diagnosed
    | BudgetPlanned
    | ModelStarted
    | AttemptStarted
    | BatchProposed
    | BatchScreened
    | CandidateJudged
    | Advanced
    | Shrunk
    | LandingStarted
    | NotRemembered
    | RepairEnded
)
