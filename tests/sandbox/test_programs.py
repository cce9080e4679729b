"""Programs laid beside a job: outside the project, readable, not to be changed, gone with the box."""

from pathlib import Path
from typing import Any

import pytest

from goldseam.core.errors import SandboxError
from goldseam.core.ports import PROGRAM_PLACE, REPORT_PLACE, Job
from goldseam.sandbox.boxes import Boxes
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.landlock import NEEDED_VERSION, version
from goldseam.sandbox.unboxed import Landlock, Plain

LEVELS = [
    Bubblewrap,
    pytest.param(Landlock, marks=pytest.mark.skipif(version() < NEEDED_VERSION, reason="kernel too old")),
    Plain,
]
PROGRAMS = {"first.py": "TEXT = 'ünlaid'\n", "second.txt": "two\n"}


@pytest.mark.parametrize("level", LEVELS)
def test_programs_are_read_where_the_environment_says(make: Any, project: Path, level: type[Boxes]) -> None:
    sandbox = make(project, level=level)
    command = 'python3 -c "import first; print(first.TEXT)"; cat "$P/second.txt"; ls; echo told > "$R"'
    environment = {"PYTHONPATH": PROGRAM_PLACE, "P": PROGRAM_PLACE, "R": REPORT_PLACE}
    run = sandbox.run(Job(command, environment=environment, programs=PROGRAMS))
    assert run.stdout.decode().splitlines() == ["ünlaid", "two", "hello.txt", "tool.sh"], run.stderr
    assert run.report == b"told\n"
    assert run.written == ()
    assert sandbox.run(Job('ls "$P" 2>&1', environment={"P": PROGRAM_PLACE})).exit_code != 0


@pytest.mark.parametrize("level", LEVELS[:2])
def test_programs_cannot_be_changed(make: Any, project: Path, level: type[Boxes]) -> None:
    run = make(project, level=level).run(
        Job(
            'echo other > "$P/second.txt"; cat "$P/second.txt"',
            environment={"P": PROGRAM_PLACE},
            programs=PROGRAMS,
        )
    )
    assert run.stdout == b"two\n"


@pytest.mark.parametrize("name", ["../x", "a/b", "", "..", "."])
def test_a_program_is_named_by_a_plain_name(own_box: Bubblewrap, name: str) -> None:
    with pytest.raises(SandboxError, match="not the name of a program file"):
        own_box.run(Job("true", programs={name: ""}))
