import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from goldseam.core.budget import Tokens
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import OracleSpec
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Span

BEFORE = b"import sys\ndef f()\n    print('Sum: 15')\nf()\n"
AFTER = BEFORE.replace(b"f()\n ", b"f():\n ")


@pytest.fixture
def record() -> RepairRecord:
    missing = Fault(
        Code.SYN_MISSING_COLON, "job.py", Span(18, 18), "expected ':'", "add a colon", 0.9, "function_def"
    )
    return RepairRecord(
        repair_id="3f2a9c",
        created_at=datetime(2026, 11, 21, 9, 17, 3, tzinfo=UTC),
        project="/srv/shop",
        path="job.py",
        fingerprint="0123456789abcdef",
        symptom="SyntaxError: expected ':'",
        outcome="healed",
        reason=None,
        faults=(missing,),
        changes=(FileChange("job.py", BEFORE, AFTER), FileChange("lib.py", b"x\n", b"x\n")),
        description="Adds the colon.",
        confidence=0.75,
        rung="rewrite_function",
        fixer="rewrite-function",
        attempts=1,
        candidates=3,
        tokens=Tokens(120, 14),
        seconds=0.25,
        oracle=OracleSpec("python job.py", None, b"Sum: 15"),
        checks=(("syntax", True), ("execution", True)),
        evidence="printed Sum: 15",
        sandbox_level="bubblewrap",
        versions={"goldseam": "0.1.0", "python": "3.11.7"},
    )


@pytest.fixture
def valid() -> Callable[[str], dict[str, Any]]:
    """Parses what was printed, which must be one document of the published schema."""
    schema = json.loads(files("goldseam.cli").joinpath("schema/goldseam-1.json").read_text())
    Draft202012Validator.check_schema(schema)

    def parse(printed: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(printed)
        Draft202012Validator(schema).validate(document)
        return document

    return parse


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "goldseam.toml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path
