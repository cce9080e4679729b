"""`goldseam doctor`: everything is looked at, and what is wrong makes the exit code 1."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from goldseam.cli.checkup import _tool, compared
from goldseam.core.journal import Entry, FileIntent, Kind, State
from goldseam.core.record import RepairRecord
from goldseam.store.records import StoredRepair

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="NOT TESTED: bubblewrap is not installed"),
]


@pytest.fixture
def doctor(tmp_path: Path) -> Callable[..., tuple[int, dict[tuple[str, str], dict[str, Any]]]]:
    def ask(**environment: str) -> tuple[int, dict[tuple[str, str], dict[str, Any]]]:
        run = subprocess.run(
            [sys.executable, "-m", "goldseam", "doctor", "--json"],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
        )
        document = json.loads(run.stdout)
        assert document["schema"] == "goldseam-doctor/1"
        return run.returncode, {(each["topic"], each["name"]): each for each in document["checks"]}

    return ask


def test_a_sound_machine(doctor: Any) -> None:
    code, checks = doctor()
    assert code == 0
    assert checks["sandbox", "level"]["message"].startswith("bubblewrap")
    tried = [check for (topic, _), check in checks.items() if topic == "self-test"]
    assert len(tried) >= 12
    assert {check["state"] for check in tried} <= {"ok", "note"}
    assert sum(check["state"] == "ok" for check in tried) >= 10
    assert checks["tools", "python3"]["state"] == "ok"
    assert {("tools", name) for name in ("node", "npm", "php", "phpunit", "pulled")} <= set(checks)
    assert "landing" in {topic for topic, _ in checks}
    assert ("models", "local") in checks


def test_tools_that_are_not_pulled_are_told_with_the_command(doctor: Any, tmp_path: Path) -> None:
    _, checks = doctor(XDG_CACHE_HOME=str(tmp_path / "empty"))
    pulled = checks["tools", "pulled"]
    assert (pulled["state"], pulled["mend"]) == ("note", "goldseam tools pull")
    assert "TypeScript" in pulled["message"]


@pytest.mark.parametrize(
    ("name", "place", "version", "state"),
    [
        ("node", "", "", "note"),
        ("node", "/usr/bin/node", "v18.20.1", "note"),
        ("node", "/usr/bin/node", "v20.0.0", "ok"),
        ("php", "", "", "note"),
        ("php", "/usr/bin/php", "PHP 8.2.1", "ok"),
    ],
)
def test_programs_that_are_missing_or_too_old(name: str, place: str, version: str, state: str) -> None:
    found = _tool(name, place, version)
    assert found.state == state
    assert place in found.message
    assert version in found.message


def test_limits_alone_are_told_and_what_they_leave_open(doctor: Any) -> None:
    code, checks = doctor(GOLDSEAM_SANDBOX__LEVEL="plain")
    assert code == 0
    level = checks["sandbox", "level"]
    assert (level["state"], level["mend"] is not None) == ("note", True)
    assert checks["self-test", "read a file outside the project"]["message"].startswith("open at this level")
    assert checks["self-test", "leave a process behind"]["message"] == "held"


def test_what_is_wrong_is_told_with_what_to_do(doctor: Any, tmp_path: Path) -> None:
    (tmp_path / "goldseam.toml").write_text("[limits]\nsecond = 3\n")
    state = tmp_path / ".goldseam"
    state.mkdir(mode=0o700)
    (state / "lock").touch()
    (state / "blobs").mkdir()
    (state / "journal.db").write_bytes(b"not a database" * 100)
    code, checks = doctor()
    assert code == 1
    assert "did you mean limits.seconds" in checks["configuration", "mistake"]["message"]
    assert any(topic == "landing" and check["state"] == "wrong" for (topic, _), check in checks.items())


def entry(repair_id: str, kind: Kind = Kind.LAND) -> Entry:
    files = (FileIntent("job.py", "job.py", "a", "b", "t", 0o644),)
    return Entry(1, repair_id, kind, State.DONE, "", datetime(2026, 1, 1, tzinfo=UTC), False, files)


def test_journal_and_record_are_compared(record: RepairRecord) -> None:
    def states(entries: list[Entry], *stored: StoredRepair) -> list[str]:
        return [check.state.value for check in compared(entries, stored)]

    standing = StoredRepair(record)
    reverted = StoredRepair(record, datetime(2026, 1, 2, tzinfo=UTC))
    assert states([entry(record.repair_id)], standing) == ["ok"]
    assert states([entry(record.repair_id), entry(record.repair_id, Kind.REVERT)], reverted) == ["ok"]
    assert states([], standing) == ["wrong", "ok"]
    assert states([entry("other")], reverted) == ["note", "ok"]
    assert states([entry(record.repair_id, Kind.REVERT)], standing) == ["note", "ok"]
