"""How a repair ended: a closed set of frozen types, and the words scripts see for them."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from goldseam.core.candidate import Trial


class Reason(StrEnum):
    """Why nothing was attempted or allowed, or why nothing was proven."""

    ENVIRONMENT = "environment"
    FLAKY = "flaky"
    NOT_REPRODUCIBLE = "not_reproducible"
    PROTECTED = "protected"
    UNSUPPORTED = "unsupported"
    CHANGED = "changed"
    POLICY = "policy"
    COOLDOWN = "cooldown"
    LIMIT = "limit"
    PAUSED = "paused"
    MODEL_MISSING = "model_missing"
    FLAKY_AFTER = "flaky_after"


class Autonomy(IntEnum):
    """How far goldseam may go by itself; policy and cautions may only lower it."""

    DIAGNOSE = 0
    PROPOSE = 1
    QUEUE = 2
    LAND = 3


@dataclass(frozen=True, slots=True)
class Clean:
    """The oracle was green before anything was done."""


@dataclass(frozen=True, slots=True)
class Landed:
    """The proven repair is in the owner's files; `repair_id` reverts it."""

    repair_id: str
    trial: Trial


@dataclass(frozen=True, slots=True)
class Queued:
    """A proven repair that waits: `dry_run` shows it only, otherwise a person decides."""

    trial: Trial
    dry_run: bool
    why: str


@dataclass(frozen=True, slots=True)
class Declined:
    """Not attempted, or not allowed; the files are as they were."""

    reason: Reason
    message: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """Tried, and nothing was proven within the budget; the files are as they were."""

    reason: Reason | None
    message: str


Outcome = Clean | Landed | Queued | Declined | Exhausted


def outcome_name(outcome: Outcome) -> str:
    """The word of the JSON schema: healed, clean, proposed, held, declined or unhealed."""
    match outcome:
        case Landed():
            return "healed"
        case Clean():
            return "clean"
        case Queued(dry_run=True):
            return "proposed"
        case Queued():
            return "held"
        case Declined():
            return "declined"
        case Exhausted():
            return "unhealed"
