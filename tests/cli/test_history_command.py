import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from goldseam.cli.main import run
from goldseam.config import load
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Snapshot
from goldseam.wiring import open_landing, open_records

Valid = Callable[[str], dict[str, Any]]
Captured = pytest.CaptureFixture[str]
HOSTILE = "\x1b]0;owned\x07[bold]\u202e\udcff"


def remember(project: Path, *repairs: RepairRecord) -> None:
    with open_records(project) as records:
        for repair in repairs:
            records.remember(repair)


def land(project: Path, record: RepairRecord) -> None:
    """The repair of `record` in the owner's files, and in the record unless memory is lost."""
    for change in record.changes:
        (project / change.path).write_bytes(change.before)
    before = Snapshot({change.path: change.before for change in record.changes})
    after = Snapshot({change.path: change.after for change in record.changes})
    open_landing(project, load(project)).land(record.repair_id, before, after, lambda: True)
    remember(project, record)


def on_terminal(project: Path, *arguments: str) -> str:
    """What a person sees: the program's output on a real terminal of 120 columns."""
    main, side = pty.openpty()
    environment = {**os.environ, "COLUMNS": "120", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "goldseam", *arguments]
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdin=side, stdout=side, stderr=side, close_fds=True
    )
    os.close(side)
    shown = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(main)
    assert process.wait(timeout=30) == 0, shown
    return shown.decode()


@pytest.mark.parametrize("arguments", [["history"], ["history", "--json"]])
def test_no_history_yet(project: Path, capsys: Captured, valid: Valid, arguments: list[str]) -> None:
    assert run(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    if "--json" in arguments:
        assert valid(printed.out)["results"] == []
    else:
        assert printed.out == f"No repairs in {project} yet; `goldseam heal FILE` makes the first.\n"
    assert [path.name for path in project.iterdir()] == ["goldseam.toml"]


@pytest.mark.parametrize("command", ["show", "revert"])
def test_no_such_repair(project: Path, capsys: Captured, valid: Valid, command: str) -> None:
    assert run([command, "3f"]) == 2
    assert capsys.readouterr().err.startswith("goldseam: no repair is recorded in")
    assert run([command, "3f", "--json"]) == 2
    assert valid(capsys.readouterr().out)["error"]["kind"] == "usage"
    assert [path.name for path in project.iterdir()] == ["goldseam.toml"]


def test_history_is_one_line_a_repair(project: Path, record: RepairRecord, capsys: Captured) -> None:
    later = replace(
        record,
        repair_id="77",
        created_at=record.created_at + timedelta(1),
        outcome="unhealed",
        reason="model_missing",
        rung=None,
        fixer=None,
    )
    remember(project, record, later)
    assert run(["history"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["id", "when", "path", "outcome", "codes", "rung", "seconds", "tokens"]
    assert [row[0] for row in rows[1:]] == ["77", "3f2a9c"]
    assert rows[1][3:6] == ["unhealed: model_missing", "SYN.MISSING_COLON", "-"]
    assert rows[2][2:] == ["job.py", "healed", "SYN.MISSING_COLON", "rewrite_function", "0.25", "134"]


def test_history_filters(
    project: Path, record: RepairRecord, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "src"
    folder.mkdir()
    inside = replace(record, repair_id="in", path="src/a.py", changes=())
    remember(project, record, inside, replace(record, repair_id="bad", outcome="unhealed"))

    def found(*arguments: str) -> set[str]:
        assert run(["history", *arguments]) == 0
        return {line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]}

    assert found("--path", "src") == {"in"}
    assert found("--path", str(project / "lib.py")) == {"3f2a9c", "bad"}
    assert found("--path", ".", "--outcome", "unhealed") == {"bad"}
    assert len(found("--limit", "2")) == 2
    assert found("--path", "nothing.py") == set()
    monkeypatch.chdir(folder)
    assert found("--path", "a.py") == {"in"}
    assert found("--path", "../job.py") == {"3f2a9c", "bad"}


def test_wrong_options(project: Path, capsys: Captured) -> None:
    assert run(["history", "--outcome", "better"]) == 2
    assert "unhealed" in capsys.readouterr().err
    assert run(["history", "--limit", "0"]) == 2


def test_history_as_json(project: Path, record: RepairRecord, capsys: Captured, valid: Valid) -> None:
    remember(project, record)
    assert run(["history", "--json"]) == 0
    (result,) = valid(capsys.readouterr().out)["results"]
    assert (result["repair_id"], result["faults"][0]["line"], result["changed"]) == ("3f2a9c", 2, ["job.py"])
    assert result["record"]["reverted_at"] is None


def test_show_tells_all(project: Path, record: RepairRecord, capsys: Captured) -> None:
    remember(project, record)
    assert run(["show", "3f"]) == 0
    shown = capsys.readouterr().out
    for part in (
        "repair      3f2a9c",
        "SyntaxError: expected ':'",
        "SYN.MISSING_COLON  job.py:2:8  expected ':'  (suspicion 0.90)",
        "hint: add a colon",
        "+def f():",
        "judged by --run python job.py",
        "expected output: Sum: 15",
        "green execution",
        "printed Sum: 15",
        "sandbox     bubblewrap",
        "goldseam 0.1.0, python 3.11.7",
        "120 tokens read, 14 written",
    ):
        assert part in shown
    assert run(["show", "3f", "--json"]) == 0


def test_a_damaged_record_is_one_line(project: Path, record: RepairRecord, capsys: Captured) -> None:
    remember(project, record)
    (project / ".goldseam" / "goldseam.db").write_bytes(b"no database" * 400)
    for command in (["history"], ["show", "3f"]):
        assert run(command) == 4
        printed = capsys.readouterr()
        assert printed.out == ""
        assert re.fullmatch(r"goldseam: the record of repairs .* is damaged: .*\n", printed.err)


def test_stored_text_cannot_drive_the_terminal(project: Path, record: RepairRecord) -> None:
    hostile = replace(
        record,
        path=f"a{HOSTILE}.py",
        symptom=HOSTILE,
        description=HOSTILE,
        evidence=f"one\n{HOSTILE}\n",
        sandbox_level=HOSTILE,
        checks=((HOSTILE, True),),
        versions={HOSTILE: HOSTILE},
        faults=(replace(record.faults[0], path=HOSTILE, message=HOSTILE, hint=HOSTILE),),
        changes=(FileChange(f"a{HOSTILE}.py", b"1\n", b"print('\x1b]0;owned\x07')\n"),),
        fixer=HOSTILE,
        rung=HOSTILE,
    )
    remember(project, hostile)
    for arguments in (["history"], ["show", "3f"]):
        shown = on_terminal(project, *arguments)
        assert "owned" in shown
        assert "[bold]" in shown
        assert "\\udcff" in shown
        assert not re.search("\x1b\\]|\x07|\u202e", shown)


def test_a_person_sees_a_table_and_colours(project: Path, record: RepairRecord) -> None:
    remember(project, record)
    assert "rewrite_function" in on_terminal(project, "history")
    shown = on_terminal(project, "show", "3f")
    assert re.search(r"\x1b\[[0-9;]*92[0-9;]*m\+def f\(\):", shown)


def test_revert_puts_back_every_byte(
    project: Path, record: RepairRecord, capsys: Captured, valid: Valid
) -> None:
    land(project, record)
    assert (project / "job.py").read_bytes() == record.changes[0].after
    assert run(["revert", "3f"]) == 0
    assert capsys.readouterr().out == "Put back job.py: as before the repair, byte for byte.\n"
    assert (project / "job.py").read_bytes() == record.changes[0].before
    assert run(["history"]) == 0
    assert "healed, reverted" in capsys.readouterr().out
    assert run(["show", "3f"]) == 0
    assert "\nreverted " in capsys.readouterr().out
    assert run(["revert", "3f", "--json"]) == 1
    assert "reverted already" in valid(capsys.readouterr().out)["error"]["message"]


def test_revert_respects_later_edits(
    project: Path, record: RepairRecord, capsys: Captured, valid: Valid
) -> None:
    land(project, record)
    (project / "job.py").write_bytes(b"mine\n")
    assert run(["revert", "3f", "--json"]) == 1
    printed = capsys.readouterr()
    assert valid(printed.out)["error"]["kind"] == "Changed"
    assert printed.err.startswith("goldseam: ")
    assert (project / "job.py").read_bytes() == b"mine\n"
    assert run(["revert", "3f", "--force", "--json"]) == 0
    (result,) = valid(capsys.readouterr().out)["results"]
    assert result["record"]["reverted_at"] is not None
    assert (project / "job.py").read_bytes() == record.changes[0].before


def test_what_wrote_nothing_is_not_reverted(project: Path, record: RepairRecord, capsys: Captured) -> None:
    remember(project, replace(record, outcome="unhealed"))
    assert run(["revert", "3f"]) == 2
    assert "ended as unhealed" in capsys.readouterr().err


@pytest.mark.parametrize("damaged", [True, False], ids=["damaged record", "no record"])
def test_a_lost_record_does_not_prevent_a_revert(
    project: Path, record: RepairRecord, damaged: bool, capsys: Captured
) -> None:
    land(project, record)
    file = project / ".goldseam" / "goldseam.db"
    file.write_bytes(b"no database" * 400) if damaged else file.unlink()
    assert run(["revert", "3f2a9c"]) == 0
    assert (project / "job.py").read_bytes() == record.changes[0].before
    assert run(["revert", "unknown"]) == (4 if damaged else 2)
