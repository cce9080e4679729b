"""A path from a log, a link or a command line is used only if it is a file of the project in scope."""

import os
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.candidate import Verdict
from goldseam.core.case import Case
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.observation import Observation
from goldseam.core.source import Snapshot
from goldseam.detect.scope import is_source, sources_below
from goldseam.diagnose.analyzers import failure
from goldseam.languages.python import PYTHON

JOB = b"def f():\n    return g()\n"
FOREIGN = (
    "tests/test_job.py", "./tests/test_job.py", "src/../tests/test_job.py", "../outside.py", "/etc/passwd",
    "JOB.PY",
    "job.PY", "job.py/", "job.py/../.env", ".env", "/proc/self/environ", "/dev/zero", "pipe.py",
    "link/job.py",
    "//srv/job.py", "job.py\x00", "file://job.py", "<string>", "~/job.py", " job.py", "job.py ", "jοb.py",
)  # fmt: skip


def case(*frames: str) -> Case:
    text = "Traceback (most recent call last):\n" + "".join(frames) + "NameError: name 'g' is not defined\n"
    seen = Observation(failures=PYTHON.failures_in(text))
    snapshot = Snapshot({"job.py": JOB})
    verdict = Verdict(False, (), (1.0,), "", seen)
    incident = Incident("job.py", ("job.py",), "", OracleSpec(run="x"))
    return Case(incident, snapshot, snapshot, verdict)


def frame(path: str, line: object = 2, source: str = "return g()") -> str:
    return f'  File "{path}", line {line}, in f\n    {source}\n'


@pytest.mark.parametrize("path", FOREIGN)
def test_a_frame_outside_the_files_under_repair_names_no_fault(path: str) -> None:
    assert list(failure.analyze(case(frame(path)))) == []
    (fault,) = failure.analyze(case(frame("job.py"), frame(path)))
    assert fault.path == "job.py"


def test_a_frame_whose_line_the_file_does_not_have_is_a_forgery() -> None:
    assert list(failure.analyze(case(frame("job.py", source="os.system('id')")))) == []
    assert len(list(failure.analyze(case(frame("job.py"))))) == 1
    assert len(list(failure.analyze(case('  File "job.py", line 2, in f\n')))) == 1


@pytest.mark.parametrize("line", [0, 3, 999_999_999])
def test_a_line_number_past_the_file_stays_inside_it(line: int) -> None:
    for fault in failure.analyze(case(frame("job.py", line))):
        assert fault.span.end <= len(JOB)


@pytest.mark.parametrize("line", ["9" * 5000, "-1", "0x10", "١٢٣"])
def test_a_line_number_that_is_none_makes_no_frame(line: str) -> None:
    assert all(f.span.end <= len(JOB) for f in failure.analyze(case(frame("job.py", line))))


def test_folders_are_searched_without_opening_pipes_devices_or_links_that_leave(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside"
    for folder in (project / "sub", outside):
        folder.mkdir(parents=True)
    (outside / "private.py").write_bytes(JOB)
    (project / "job.py").write_bytes(JOB)
    (project / "inside.py").symlink_to("job.py")
    (project / "out.py").symlink_to(outside / "private.py")
    (project / "zero.py").symlink_to("/dev/zero")
    (project / "environ.py").symlink_to("/proc/self/environ")
    (project / "loop.py").symlink_to("loop.py")
    (project / "gone.py").symlink_to("nowhere.py")
    (project / "linked").symlink_to(outside)
    (project / "up.py").symlink_to("sub")
    os.mkfifo(project / "pipe.py")
    assert [path.name for path in sources_below(project, (PYTHON,))] == ["inside.py", "job.py"]
    assert not is_source(project / "sub", project / "job.py" / "x")


@pytest.mark.sandbox
@pytest.mark.timeout(60)
def test_named_paths_that_are_no_files_of_the_project(work: Any) -> None:
    os.mkfifo(work.root / "pipe.py")
    (work.root / "zero.py").symlink_to("/dev/zero")
    (work.root / "environ.py").symlink_to("/proc/self/environ")
    outside = work.root.parent / "outside.py"
    outside.write_bytes(JOB)
    (work.root / "out.py").symlink_to(outside)
    code, document = work.json("heal", "pipe.py", "zero.py", "environ.py", "out.py")
    told = {result["path"]: (result["outcome"], result["reason"]) for result in document["results"]}
    assert code == 1
    assert told == {
        "pipe.py": ("declined", "unsupported"),
        "zero.py": ("declined", "protected"),
        "environ.py": ("declined", "protected"),
        "out.py": ("declined", "protected"),
    }
    assert outside.read_bytes() == JOB
    assert work.server.asked == []
    assert work.run("heal", "out.py", "../outside.py").code == 2
    assert work.run("heal", "n" * 5000 + ".py").code == 2
    assert work.run("scan", ".").code == 0


@pytest.mark.sandbox
def test_settings_that_the_project_loosens_are_told(work: Any) -> None:
    work.write("job.py", JOB)
    settings = work.read("goldseam.toml").decode()
    work.write("goldseam.toml", settings + '[sandbox]\nextra_read_only = ["/opt"]\n')
    ended = work.run("heal", "job.py")
    assert ended.code == 0
    assert "goldseam: warning: goldseam.toml: sandbox.extra_read_only" in ended.err
    assert "warning" not in ended.out
