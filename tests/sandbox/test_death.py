"""However goldseam ends, nothing of a box is left: no process, no file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from psutil import NoSuchProcess, Process, process_iter

from goldseam.core.errors import SandboxError
from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits

GOLDSEAM = """
import sys
from pathlib import Path
from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits
box = Bubblewrap(Path(sys.argv[1]), Limits())
print(box.run(Job("echo ready")).stdout.decode(), flush=True)
box.run(Job(f"setsid sleep {sys.argv[2]} & sleep {sys.argv[2]}", seconds=100))
"""


def family(top: Process) -> list[Process]:
    return [top, *top.children(recursive=True)]


def wait_until_gone(processes: list[Process], seconds: float = 5.0) -> list[Process]:
    deadline = time.monotonic() + seconds
    while (left := [process for process in processes if alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return left


def alive(process: Process) -> bool:
    try:
        return process.is_running() and process.status() != "zombie"
    except NoSuchProcess:
        return False


def names(folder: str) -> set[str]:
    return {path.name for path in Path(folder).iterdir()}


def sleeping(mark: str) -> list[Process]:
    found = []
    for process in process_iter():
        try:
            if process.cmdline()[:2] == ["sleep", mark]:
                found.append(process)
        except NoSuchProcess:
            continue
    return found


def start(project: Path, mark: str) -> "subprocess.Popen[bytes]":
    goldseam = subprocess.Popen([sys.executable, "-c", GOLDSEAM, project, mark], stdout=subprocess.PIPE)
    assert goldseam.stdout is not None
    assert goldseam.stdout.readline() == b"ready\n"
    deadline = time.monotonic() + 10
    while len(sleeping(mark)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    if len(sleeping(mark)) != 2:
        goldseam.kill()
        pytest.fail(f"control: {len(sleeping(mark))} programs run in the box")
    return goldseam


@pytest.mark.parametrize(
    ("how", "mark"), [(signal.SIGKILL, "7401"), (signal.SIGINT, "7402"), (signal.SIGTERM, "7403")]
)
def test_nothing_outlives_goldseam(place: Path, how: signal.Signals, mark: str) -> None:
    temporary = names("/tmp")
    goldseam = start(place, mark)
    processes = family(Process(goldseam.pid))
    assert len(processes) >= 5
    os.kill(goldseam.pid, how)
    goldseam.communicate(timeout=10)
    assert wait_until_gone(processes) == []
    assert sleeping(mark) == []
    assert {name for name in names("/tmp") - temporary if "goldseam" in name} == set()


def test_nothing_outlives_the_launcher(place: Path) -> None:
    goldseam = start(place, "7404")
    launcher = Process(goldseam.pid).children()[0]
    processes = family(launcher)
    launcher.kill()
    assert wait_until_gone(processes) == []
    goldseam.communicate(timeout=10)
    assert goldseam.returncode == 1, "the run is an error, not a result"


def test_a_killed_keeper_is_an_error_and_leaves_nothing(place: Path) -> None:
    goldseam = start(place, "7405")
    outermost = next(p for p in family(Process(goldseam.pid)) if Path(p.name()).name == "bwrap")
    keeper = outermost.parent()
    assert keeper is not None
    processes = family(keeper)
    keeper.kill()
    assert wait_until_gone(processes) == []
    goldseam.communicate(timeout=10)
    assert goldseam.returncode == 1


def test_a_dead_launcher_is_started_again(own_box: Bubblewrap) -> None:
    own_box.run(Job("true"))
    for launcher in Process().children():
        launcher.kill()
        launcher.wait()
    try:
        run = own_box.run(Job("exit 4"))
    except SandboxError:
        run = own_box.run(Job("exit 4"))
    assert run.exit_code == 4


def test_close_ends_the_launcher(place: Path) -> None:
    before = Process().children()
    with Bubblewrap(place, Limits()) as sandbox:
        sandbox.run(Job("true"))
        assert len(Process().children()) == len(before) + 1
    assert Process().children() == before
    with pytest.raises(SandboxError, match="closed"):
        sandbox.run(Job("true"))
    assert Process().children() == before
