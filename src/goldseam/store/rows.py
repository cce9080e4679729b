"""A `RepairRecord` as rows of the tables, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping

from goldseam.core.budget import Tokens
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import OracleSpec
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Span, sha256

Row = dict[str, Any]


def contents_of(record: RepairRecord) -> dict[str, bytes]:
    """All bytes that the record refers to, by digest."""
    blobs = [data for change in record.changes for data in (change.before, change.after)]
    if record.oracle.expected is not None:
        blobs.append(record.oracle.expected)
    return {sha256(data): data for data in blobs}


def repair_row(record: RepairRecord) -> Row:
    """The row of `repairs`."""
    oracle = record.oracle
    return {
        "id": record.repair_id,
        "created_at": record.created_at,
        "project": record.project,
        "path": record.path,
        "fingerprint": record.fingerprint,
        "cluster": record.cluster,
        "symptom": record.symptom,
        "outcome": record.outcome,
        "reason": record.reason,
        "description": record.description,
        "confidence": record.confidence,
        "rung": record.rung,
        "fixer": record.fixer,
        "attempts": record.attempts,
        "candidates": record.candidates,
        "prompt_tokens": record.tokens.prompt,
        "completion_tokens": record.tokens.completion,
        "seconds": record.seconds,
        "oracle_run": oracle.run,
        "oracle_test": oracle.test,
        "oracle_expected": None if oracle.expected is None else sha256(oracle.expected),
        "oracle_sealed": dict(oracle.sealed),
        "checks": [list(check) for check in record.checks],
        "evidence": record.evidence,
        "sandbox_level": record.sandbox_level,
        "versions": dict(record.versions),
    }


def fault_rows(record: RepairRecord) -> list[Row]:
    """The rows of `faults`, in order."""
    return [
        {
            "repair_id": record.repair_id,
            "position": position,
            "code": str(fault.code),
            "cluster": fault.cluster,
            "path": fault.path,
            "span_start": fault.span.start,
            "span_end": fault.span.end,
            "message": fault.message,
            "hint": fault.hint,
            "suspiciousness": fault.suspiciousness,
            "detail": fault.detail,
        }
        for position, fault in enumerate(record.faults)
    ]


def change_rows(record: RepairRecord) -> list[Row]:
    """The rows of `changes`, in order."""
    return [
        {
            "repair_id": record.repair_id,
            "position": position,
            "path": change.path,
            "before_sha256": sha256(change.before),
            "after_sha256": sha256(change.after),
        }
        for position, change in enumerate(record.changes)
    ]


def record_from(
    repair: RowMapping,
    faults: Iterable[RowMapping],
    changes: Iterable[RowMapping],
    contents: Mapping[str, bytes],
) -> RepairRecord:
    """The record that made these rows; `ValueError` for a fault code unknown here."""
    return RepairRecord(
        repair_id=repair["id"],
        created_at=repair["created_at"],
        project=repair["project"],
        path=repair["path"],
        fingerprint=repair["fingerprint"],
        symptom=repair["symptom"],
        outcome=repair["outcome"],
        reason=repair["reason"],
        faults=tuple(_fault_from(row) for row in faults),
        changes=tuple(_change_from(row, contents) for row in changes),
        description=repair["description"],
        confidence=repair["confidence"],
        rung=repair["rung"],
        fixer=repair["fixer"],
        attempts=repair["attempts"],
        candidates=repair["candidates"],
        tokens=Tokens(repair["prompt_tokens"], repair["completion_tokens"]),
        seconds=repair["seconds"],
        oracle=_oracle_from(repair, contents),
        checks=tuple((name, green) for name, green in repair["checks"]),
        evidence=repair["evidence"],
        sandbox_level=repair["sandbox_level"],
        versions=repair["versions"],
    )


def _fault_from(row: RowMapping) -> Fault:
    return Fault(
        code=Code(row["code"]),
        path=row["path"],
        span=Span(row["span_start"], row["span_end"]),
        message=row["message"],
        hint=row["hint"],
        suspiciousness=row["suspiciousness"],
        detail=row["detail"],
    )


def _change_from(row: RowMapping, contents: Mapping[str, bytes]) -> FileChange:
    return FileChange(row["path"], contents[row["before_sha256"]], contents[row["after_sha256"]])


def _oracle_from(repair: RowMapping, contents: Mapping[str, bytes]) -> OracleSpec:
    expected = repair["oracle_expected"]
    return OracleSpec(
        run=repair["oracle_run"],
        test=repair["oracle_test"],
        expected=None if expected is None else contents[expected],
        sealed=repair["oracle_sealed"],
    )
