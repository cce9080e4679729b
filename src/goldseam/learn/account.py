"""Keeps account of one repair from its events, and closes with the record that is stored and shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from goldseam.core.budget import Budget
from goldseam.core.candidate import Trial, Verdict
from goldseam.core.event import Advanced, BaselineJudged, BatchProposed, CandidateJudged, Diagnosed, Event
from goldseam.core.fault import Fault
from goldseam.core.incident import Incident
from goldseam.core.outcome import Declined, Exhausted, Landed, Outcome, Queued, outcome_name
from goldseam.core.ports import MODEL_RUNGS
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Snapshot
from goldseam.learn.confidence import confidence_of
from goldseam.learn.placing import Seen, placed


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and with what a repair took place; `versions` is asked at the end, when the model is known.

    `redacted` takes secrets out of text. The bytes of files are kept as they are: they lie beside the files,
    and a revert must be exact.
    """

    project: str
    sandbox_level: str
    versions: Callable[[], Mapping[str, str]]
    redacted: Callable[[str], str] = str


@dataclass(slots=True)
class Account:
    """Adds up the events of one repair."""

    repair_id: str
    incident: Incident
    seen: list[Seen] = field(default_factory=list)
    at: Snapshot | None = None
    baseline: Verdict | None = None
    last: Verdict | None = None
    candidates: int = 0

    def add(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case BaselineJudged(verdict):
                self.baseline = verdict
            case Diagnosed(faults):
                self.seen += [(fault, self.at) for fault in faults]
            case Advanced(trial):
                self.at = trial.snapshot
            case BatchProposed():
                self.candidates += event.candidates
            case CandidateJudged(_, verdict):
                self.last = verdict
            case _:
                pass

    def close(
        self, outcome: Outcome, original: Snapshot | None, budget: Budget, setting: Setting, now: datetime
    ) -> RepairRecord:
        """The finished record; `now` is aware UTC."""
        trial = outcome.trial if isinstance(outcome, Landed | Queued) else None
        verdict = trial.verdict if trial else self.last or self.baseline
        redacted, oracle = setting.redacted, self.incident.oracle
        faults = placed(self.seen, original)
        return RepairRecord(
            repair_id=self.repair_id,
            created_at=now,
            project=setting.project,
            path=self.incident.path,
            fingerprint=self.incident.fingerprint,
            symptom=redacted(self.baseline.evidence if self.baseline else self.incident.symptom),
            outcome=outcome_name(outcome),
            reason=_reason(outcome),
            faults=tuple(_redacted(fault, redacted) for fault in faults),
            changes=_changes(trial, original, faults),
            description=redacted(_description(outcome)),
            confidence=self._confidence(trial),
            rung=trial.candidate.rung if trial else None,
            fixer=trial.candidate.fixer if trial else None,
            attempts=budget.spent_attempts,
            candidates=self.candidates,
            tokens=budget.spent_tokens,
            seconds=budget.spent_seconds,
            oracle=replace(oracle, run=_said(oracle.run, redacted), test=_said(oracle.test, redacted)),
            checks=verdict.checks if verdict else (),
            evidence=redacted(verdict.evidence) if verdict else "",
            sandbox_level=setting.sandbox_level,
            versions=setting.versions(),
        )

    def _confidence(self, trial: Trial | None) -> float:
        if trial is None:
            return 0.0
        by_model = trial.candidate.rung in MODEL_RUNGS
        return confidence_of(self.incident.oracle, by_model=by_model, cautions=trial.verdict.cautions)


def _changes(
    trial: Trial | None, original: Snapshot | None, faults: Sequence[Fault]
) -> tuple[FileChange, ...]:
    """What changed, and the files in which faults were seen even if nothing did."""
    if original is None:
        return ()
    repaired = trial.snapshot.changed_since(original) if trial else {}
    seen = {fault.path for fault in faults} & original.files.keys()
    paths = sorted(seen | repaired.keys())
    return tuple(FileChange(p, original.files[p], repaired.get(p, original.files[p])) for p in paths)


def _redacted(fault: Fault, redacted: Callable[[str], str]) -> Fault:
    return replace(fault, message=redacted(fault.message), hint=redacted(fault.hint))


def _said(command: str | None, redacted: Callable[[str], str]) -> str | None:
    return None if command is None else redacted(command)


def _reason(outcome: Outcome) -> str | None:
    match outcome:
        case Declined(reason) | Exhausted(reason) if reason is not None:
            return str(reason)
        case _:
            return None


def _description(outcome: Outcome) -> str:
    match outcome:
        case Queued(trial, False, why):
            return f"{trial.candidate.why}; it waits: {why}"
        case Landed(_, trial) | Queued(trial):
            return trial.candidate.why
        case Declined(_, message) | Exhausted(_, message):
            return message
        case _:
            return "the oracle is green; nothing was done"
