"""The JSON contract of the command line, `goldseam/1`: frozen values in, one plain dictionary out.

`schema/goldseam-1.json` says the same to machines; a test holds the two together.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from goldseam.cli.diff import unified_diff
from goldseam.core.budget import Tokens
from goldseam.core.diagnosis import Plan
from goldseam.core.fault import Fault
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.redaction import Redactor
from goldseam.core.source import Edit, position_of

SCHEMA = "goldseam/1"

_PROVEN = {"clean", "healed", "proposed", "held"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the oracle said before and after, `red` or `green`, and its checks at the end."""

    before: str
    after: str
    checks: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One entry of `results`.

    `sources` are the bytes in which the faults' spans lie, if not those of `changes` before the repair.
    `suspicions` is given by `scan`, `diagnose` and `race`, `plan` by `diagnose`, `record` by `history`,
    `show` and `revert`. `redactor` keeps secrets out of the diff and out of what faults say.
    """

    path: str
    outcome: str
    reason: str | None = None
    repair_id: str | None = None
    changes: tuple[FileChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    rung: str | None = None
    fixer: str | None = None
    candidates: int = 0
    attempts: int = 0
    tokens: Tokens = field(default_factory=Tokens)
    seconds: float = 0.0
    judgement: Judgement | None = None
    sources: Mapping[str, bytes] = field(default_factory=dict)
    suspicions: tuple[Fault, ...] | None = None
    plan: Plan | None = None
    record: Mapping[str, Any] | None = None
    redactor: Redactor = field(default_factory=Redactor, compare=False)

    @property
    def changed(self) -> tuple[str, ...]:
        """The files that were written."""
        return _differing(self.changes) if self.outcome == "healed" else ()

    @property
    def diff(self) -> str | None:
        """All changes, written or proposed, without secrets; None if there is none."""
        texts = (
            data.decode("utf-8", "replace") for change in self.changes for data in _differing_bytes(change)
        )
        return self.redactor.knowing(texts).redacted(diff_of(self.changes)) or None


def result_of(record: RepairRecord, redactor: Redactor | None = None) -> Result:
    """The result that a finished repair is to `heal --json`."""
    return Result(
        path=record.path,
        outcome=record.outcome,
        reason=record.reason,
        repair_id=record.repair_id,
        changes=record.changes,
        faults=record.faults,
        rung=record.rung,
        fixer=record.fixer,
        candidates=record.candidates,
        attempts=record.attempts,
        tokens=record.tokens,
        seconds=record.seconds,
        judgement=_judgement_of(record),
        redactor=redactor or Redactor(),
    )


def stored_result(
    record: RepairRecord, reverted_at: datetime | None, redactor: Redactor | None = None
) -> Result:
    """The same, with what `heal` does not print under `record`."""
    entry = _record_entry(record, reverted_at, redactor or Redactor())
    return replace(result_of(record, redactor), record=entry)


def document(results: Iterable[Result], error: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The one document; `error` has `kind` and `message`."""
    found: dict[str, Any] = {"schema": SCHEMA, "results": [_result_entry(result) for result in results]}
    if error is not None:
        found["error"] = {"kind": error["kind"], "message": error["message"]}
    return found


def as_text(results: Iterable[Result], error: Mapping[str, str] | None = None) -> str:
    """The document as JSON of ASCII alone, without a line end."""
    return json.dumps(document(results, error), indent=2)


def diff_of(changes: Iterable[FileChange]) -> str:
    """One unified diff over all files that differ."""
    return "".join(unified_diff(change.path, change.before, change.after) for change in changes)


def place_of(fault: Fault, sources: Mapping[str, bytes]) -> tuple[int, int]:
    """Line and column of a fault, from 1; the file's start if its bytes are not among `sources`."""
    return position_of(sources.get(fault.path, b""), fault.span.start)


def _result_entry(result: Result) -> dict[str, Any]:
    entered = partial(
        _fault_entry,
        sources={**{change.path: change.before for change in result.changes}, **result.sources},
        redacted=result.redactor.redacted,
    )
    entry: dict[str, Any] = {
        "path": result.path,
        "outcome": result.outcome,
        "reason": result.reason,
        "repair_id": result.repair_id,
        "changed": list(result.changed),
        "faults": list(map(entered, result.faults)),
        "rung": result.rung,
        "fixer": result.fixer,
        "candidates": result.candidates,
        "attempts": result.attempts,
        "tokens": {"prompt": result.tokens.prompt, "completion": result.tokens.completion},
        "seconds": round(result.seconds, 3),
        "oracle": _judgement_entry(result.judgement),
        "diff": result.diff,
    }
    if result.suspicions is not None:
        entry["suspicions"] = list(map(entered, result.suspicions))
    if result.plan is not None:
        entry["plan"] = asdict(result.plan)
    if result.record is not None:
        entry["record"] = dict(result.record)
    return entry


def _fault_entry(
    fault: Fault, sources: Mapping[str, bytes], redacted: Callable[[str], str]
) -> dict[str, Any]:
    data = sources.get(fault.path, b"")
    line, column = position_of(data, fault.span.start)
    end_line, end_column = position_of(data, fault.span.end)
    return {
        "code": str(fault.code),
        "path": fault.path,
        "line": line,
        "column": column,
        "message": redacted(fault.message),
        "hint": redacted(fault.hint),
        "end_line": end_line,
        "end_column": end_column,
        "cluster": fault.cluster,
        "suspiciousness": round(fault.suspiciousness, 3),
        "expected": fault.expected or None,
        "evidence": [{"source": said.source, "text": redacted(said.text)} for said in fault.evidence],
        "fix": [_edit_entry(edit, data, redacted) for edit in fault.fix],
    }


def _edit_entry(edit: Edit, data: bytes, redacted: Callable[[str], str]) -> dict[str, Any]:
    """Text to put between two places, the end not included."""
    line, column = position_of(data, edit.span.start)
    end_line, end_column = position_of(data, edit.span.end)
    return {
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": redacted(edit.replacement.decode("utf-8", "replace")),
    }


def _judgement_entry(judgement: Judgement | None) -> dict[str, Any] | None:
    if judgement is None:
        return None
    checks = [{"name": name, "green": green} for name, green in judgement.checks]
    return {"before": judgement.before, "after": judgement.after, "checks": checks}


def _judgement_of(record: RepairRecord) -> Judgement | None:
    if not record.checks and record.outcome == "declined":
        return None
    before = "green" if record.outcome == "clean" else "red"
    return Judgement(before, "green" if record.outcome in _PROVEN else "red", record.checks)


def _differing(changes: Iterable[FileChange]) -> tuple[str, ...]:
    return tuple(change.path for change in changes if change.before != change.after)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _differing_bytes(change: FileChange) -> tuple[bytes, ...]:
    return (change.before, change.after) if change.before != change.after else ()


def _record_entry(record: RepairRecord, reverted_at: datetime | None, redactor: Redactor) -> dict[str, Any]:
    oracle = record.oracle
    expected = None if oracle.expected is None else oracle.expected.decode("utf-8", "replace")
    return {
        "created_at": _instant(record.created_at),
        "reverted_at": reverted_at and _instant(reverted_at),
        "project": record.project,
        "fingerprint": record.fingerprint,
        "cluster": record.cluster,
        "symptom": record.symptom,
        "description": record.description,
        "confidence": record.confidence,
        "evidence": record.evidence,
        "sandbox_level": record.sandbox_level,
        "versions": dict(record.versions),
        "oracle": {
            "run": oracle.run,
            "test": oracle.test,
            "expected": expected and redactor.redacted(expected),
        },
    }
