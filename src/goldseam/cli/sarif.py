"""A diagnosis as a SARIF 2.1.0 log, for editors and forges.

Lines and columns count from 1, columns in UTF-16 units; byte offsets stand beside them. Rules come from the
catalogue. What static tools say and no red run supports has the level `note`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from goldseam import __version__
from goldseam.cli.document import Result
from goldseam.cli.excerpt import shown
from goldseam.core.fault import Fault
from goldseam.core.incident import fingerprint
from goldseam.core.source import UTF8_BOM, Edit, Span, apply_edits, position_of
from goldseam.diagnose.entry import Entry, catalogue
from goldseam.diagnose.manual import rule_text

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "PROJECT"
"""Stands for the folder to which all addresses are relative."""


def log_text(results: Iterable[Result]) -> str:
    """The log as JSON of ASCII alone, with a line end."""
    return json.dumps(log_of(results), indent=2) + "\n"


def log_of(results: Iterable[Result]) -> dict[str, Any]:
    """The log of one run."""
    told = [pair for result in results for pair in _told(result)]
    codes = list(dict.fromkeys(str(fault.code) for fault, _, _ in told))
    entries = {str(entry.code): entry for entry in catalogue()}
    driver = {
        "name": "goldseam",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, entries.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the project"}}},
        "results": [
            _result(fault, level, result, codes.index(str(fault.code))) for fault, level, result in told
        ],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def region_of(data: bytes, span: Span) -> dict[str, int]:
    """A span as SARIF's region."""
    start_line, start_column = _place(data, span.start)
    end_line, end_column = _place(data, span.end)
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": span.start,
        "byteLength": span.end - span.start,
    }


def _told(result: Result) -> Iterator[tuple[Fault, str, Result]]:
    yield from ((fault, "error", result) for fault in result.faults)
    yield from ((fault, "note", result) for fault in result.suspicions or ())


def _rule(code: str, entry: Entry | None) -> dict[str, Any]:
    if entry is None:
        return {"id": code}
    return {
        "id": code,
        "name": _pascal_case(code),
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.cause},
        "help": {"text": rule_text(entry)},
    }


def _pascal_case(code: str) -> str:
    return "".join(word.capitalize() for word in code.replace(".", "_").split("_"))


def _result(fault: Fault, level: str, result: Result, index: int) -> dict[str, Any]:
    redacted = result.redactor.redacted
    data = result.sources.get(fault.path, b"")
    said = redacted(f"{fault.message}; {fault.hint}" if fault.hint else fault.message)
    entry: dict[str, Any] = {
        "ruleId": str(fault.code),
        "ruleIndex": index,
        "level": level,
        "rank": round(100 * fault.suspiciousness, 1),
        "message": {"text": shown(said)},
        "locations": [{"physicalLocation": _physical(fault, data)}],
        "partialFingerprints": {
            "goldseam/v1": fingerprint(fault.path, fault.cluster, redacted(fault.message))
        },
        "properties": _properties(fault, redacted),
    }
    if (fix := _fix(fault, data, result)) is not None:
        entry["fixes"] = [fix]
    return entry


def _physical(fault: Fault, data: bytes) -> dict[str, Any]:
    return {"artifactLocation": _artifact(fault.path), "region": region_of(data, fault.span)}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": ROOT}


def _properties(fault: Fault, redacted: Any) -> dict[str, Any]:
    return {
        "cluster": fault.cluster,
        "expected": redacted(fault.expected),
        "evidence": [f"{said.source}: {shown(redacted(said.text))}" for said in fault.evidence],
    }


def _fix(fault: Fault, data: bytes, result: Result) -> dict[str, Any] | None:
    """The fault's own fix; none that would not apply, or that would show a secret."""
    texts = [edit.replacement.decode("utf-8", "replace") for edit in fault.fix]
    if not fault.fix or any(result.redactor.redacted(text) != text for text in texts):
        return None
    try:
        apply_edits(data, fault.fix)
    except ValueError:
        return None
    replacements = [_replacement(edit, data) for edit in sorted(fault.fix)]
    change = {"artifactLocation": _artifact(fault.path), "replacements": replacements}
    return {
        "description": {"text": shown(result.redactor.redacted(fault.hint)) or "mend it"},
        "artifactChanges": [change],
    }


def _replacement(edit: Edit, data: bytes) -> Mapping[str, Any]:
    text = edit.replacement.decode("utf-8", "replace")
    return {"deletedRegion": region_of(data, edit.span), "insertedContent": {"text": text}}


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column from 1, the column in UTF-16 units."""
    line, column = position_of(data, offset)
    if column == 1:
        return line, 1
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    text = data[start:offset].removeprefix(UTF8_BOM).decode("utf-8", "replace")
    return line, len(text.encode("utf-16-le", "surrogatepass")) // 2 + 1
