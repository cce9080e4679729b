"""The record of one finished repair: everything that learning, history and review need later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from goldseam.core.budget import Tokens
from goldseam.core.fault import Fault
from goldseam.core.incident import OracleSpec


@dataclass(frozen=True, slots=True)
class FileChange:
    """Bytes of one file before and after; equal when nothing was proven."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class RepairRecord:
    """One finished repair. `outcome` and `reason` are the words of the JSON schema.

    `confidence` is from 0 to 1, `seconds` wall time without the model's start, `created_at` aware UTC.
    `versions` names goldseam, the interpreter and the model.
    """

    repair_id: str
    created_at: datetime
    project: str
    path: str
    fingerprint: str
    symptom: str
    outcome: str
    reason: str | None
    faults: tuple[Fault, ...]
    changes: tuple[FileChange, ...]
    description: str
    confidence: float
    rung: str | None
    fixer: str | None
    attempts: int
    candidates: int
    tokens: Tokens
    seconds: float
    oracle: OracleSpec
    checks: tuple[tuple[str, bool], ...]
    evidence: str
    sandbox_level: str
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(str(fault.code) for fault in self.faults))

    @property
    def cluster(self) -> str:
        """Cluster id of the first fault, or empty."""
        return self.faults[0].cluster if self.faults else ""
