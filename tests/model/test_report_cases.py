"""The report cases, healed by the real command line with the real embedded model."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "jobs"

pytestmark = [pytest.mark.model, pytest.mark.sandbox, pytest.mark.timeout(900)]


def heal(folder: Path, case: str) -> dict:
    """Copies the example, heals it, and returns the only result of the document."""
    for suffix in (".py", ".expected"):
        shutil.copy(EXAMPLES / f"{case}{suffix}", folder)
    venv = Path(sys.prefix)
    command = [
        sys.executable,
        "-m",
        "goldseam",
        "heal",
        f"{case}.py",
        "--expect-file",
        f"{case}.expected",
        "--json",
    ]
    environment = {**os.environ, "VIRTUAL_ENV": str(venv), "PATH": f"{venv / 'bin'}:{os.environ['PATH']}"}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=800)
    document = json.loads(ended.stdout)
    assert ended.returncode == 0, document
    [result] = document["results"]
    return result


def printed(folder: Path, case: str) -> str:
    return subprocess.run(
        [sys.executable, f"{case}.py"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout


def test_a_missing_colon_is_healed_in_one_attempt(tmp_path):
    result = heal(tmp_path, "sum_job")

    assert (result["outcome"], result["attempts"]) == ("healed", 1)
    assert [fault["code"] for fault in result["faults"]] == ["SYN.MISSING_COLON"]
    assert printed(tmp_path, "sum_job") == "Sum: 15\n"
    before = (EXAMPLES / "sum_job.py").read_text()
    assert (tmp_path / "sum_job.py").read_text() == before.replace("(numbers)\n", "(numbers):\n")


def test_a_missing_import_and_a_misspelt_method_are_healed_together(tmp_path):
    result = heal(tmp_path, "frame_job")

    assert result["outcome"] == "healed"
    assert result["attempts"] <= 12
    assert result["oracle"]["before"] == "red"
    assert result["oracle"]["after"] == "green"
    assert printed(tmp_path, "frame_job") == "Total: 6\n"
    assert (tmp_path / "frame_job.py").read_text().startswith('"""Totals one column of a table."""\n')
