"""Which of the project's own files a run wrote or removed in its copy is told, however it was done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.errors import SandboxError
from goldseam.core.ports import Job
from goldseam.sandbox import launch

NO_OVERLAY = launch.BOOT.replace(
    "launcher.main",
    "from goldseam.sandbox import stage; stage._overlay_refused = lambda root, lower: 'no'; launcher.main",
)
WAYS = {
    "rewritten": ("echo > tests/test_x.py", ["tests/test_x.py"]),
    "appended": ("echo x >> tests/test_x.py", ["tests/test_x.py"]),
    "removed": ("rm tests/test_x.py", ["tests/test_x.py"]),
    "another in its place": ("echo x > n && mv n tests/test_x.py", ["tests/test_x.py"]),
    "a link in its place": ("ln -sf /dev/null tests/test_x.py", ["tests/test_x.py"]),
    "a folder in its place": ("rm tests/test_x.py && mkdir tests/test_x.py", ["tests/test_x.py"]),
    "a file in the folder's place": (
        "rm -r tests && echo > tests",
        ["tests/deep/data.txt", "tests/test_x.py"],
    ),
    "folder removed": ("rm -r tests", ["tests/deep/data.txt", "tests/test_x.py"]),
    "folder moved away and made anew": (
        "cp -r tests c && mv tests old && mv c tests",
        ["tests/deep/data.txt", "tests/test_x.py"],
    ),
    "written and restored": (
        "cp -p tests/test_x.py k && echo > tests/test_x.py && cat k > tests/test_x.py"
        " && touch -r k tests/test_x.py",
        ["tests/test_x.py"],
    ),
    "through a link": ("ln -s tests/test_x.py l && echo >> l", ["tests/test_x.py"]),
    "nothing of the owner's": ("mkdir own && echo > own/f && echo > tests/new.py && cat tests/test_x.py", []),
}


@pytest.fixture(params=["overlay", "copy"])
def copying(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, who: str) -> str:
    if request.param == "copy":
        if who != "root":
            pytest.skip("the copy of an ordinary user is the same code; see test_fallback")
        monkeypatch.setattr(launch, "BOOT", NO_OVERLAY)
    return str(request.param)


@pytest.fixture
def tested(copying: str, project: Path, who: str, hand_over: Callable[[Path, str], None]) -> Path:
    (project / "tests" / "deep").mkdir(parents=True)
    (project / "tests" / "test_x.py").write_text("assert False\n")
    (project / "tests" / "deep" / "data.txt").write_text("1")
    hand_over(project, who)
    return project


def test_every_way_is_told(tested: Path, make: Any) -> None:
    box = make(tested)
    told = {way: box.run(Job(command)) for way, (command, _) in WAYS.items()}
    assert {way: list(run.written) for way, run in told.items()} == {
        way: paths for way, (_, paths) in WAYS.items()
    }
    assert all(run.exit_code == 0 for way, run in told.items())


def test_what_was_laid_over_is_told_only_if_the_run_changed_it(tested: Path, make: Any) -> None:
    box = make(tested)
    laid = {"tests/test_x.py": b"candidate\n", "new/file.py": b"x"}
    assert box.run(Job("cat tests/test_x.py", overlay=laid)).written == ()
    assert box.run(Job("echo >> tests/test_x.py; echo >> new/file.py", overlay=laid)).written == (
        "tests/test_x.py",
    )
    moved = "rm tests/test_x.py; ln -s deep/data.txt tests/test_x.py"
    assert box.run(Job(moved, overlay=laid)).written == ("tests/test_x.py",)


@pytest.mark.parametrize("who", ["root"], indirect=True)
@pytest.mark.parametrize("copying", ["overlay"], indirect=True)
def test_too_many_are_an_error_and_installed_ones_are_cut(
    tested: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "from goldseam.sandbox import written; written.MOST = 20; launcher.main"
    monkeypatch.setattr(launch, "BOOT", launch.BOOT.replace("launcher.main", few))
    for folder in ("many", "node_modules/m"):
        (tested / folder).mkdir(parents=True)
        for number in range(21):
            (tested / folder / f"{number}").touch()
    box = make(tested)
    with pytest.raises(SandboxError, match="wrote or removed more than 20 files"):
        box.run(Job("rm -r many"))
    run = box.run(Job("rm -rf node_modules/m; echo > hello.txt"))
    assert run.written[0] == "hello.txt"
    assert len(run.written) == 20
