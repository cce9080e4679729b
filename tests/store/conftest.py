from datetime import UTC, datetime
from pathlib import Path

import pytest

from goldseam.core.budget import Tokens
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import OracleSpec
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Span


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".goldseam" / "goldseam.db"


@pytest.fixture
def record() -> RepairRecord:
    return RepairRecord(
        repair_id="3f2a9c",
        created_at=datetime(2026, 11, 21, 9, 17, 3, 123456, tzinfo=UTC),
        project="/srv/shop",
        path="job.py",
        fingerprint="0123456789abcdef",
        symptom="SyntaxError: expected ':'",
        outcome="healed",
        reason=None,
        faults=(
            Fault(
                Code.SYN_MISSING_COLON,
                "job.py",
                Span(9, 10),
                "expected ':'",
                "add a colon",
                0.9,
                "function_def",
            ),
            Fault(Code.NAM_UNDEFINED, "lib.py", Span(0, 2), "pd is not defined", "import it", 0.5),
        ),
        changes=(FileChange("job.py", b"def f()\n", b"def f():\n"), FileChange("lib.py", b"x", b"x")),
        description="Adds the colon.",
        confidence=0.75,
        rung="template",
        fixer="missing_colon",
        attempts=1,
        candidates=3,
        tokens=Tokens(120, 14),
        seconds=0.25,
        oracle=OracleSpec("python job.py", "pytest -q", b"Sum: 15", {"tests/test_job.py": "ab" * 32}),
        checks=(("syntax", True), ("execution", True)),
        evidence="printed Sum: 15",
        sandbox_level="bubblewrap",
        versions={"goldseam": "0.1.0", "python": "3.11.7", "model": "none"},
    )
