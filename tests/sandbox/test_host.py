"""Trusted commands: real processes, ended for sure."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from goldseam.core.errors import SandboxError
from goldseam.sandbox.host import run_trusted, spawn_trusted

PYTHON = sys.executable


def test_run_gives_status_and_output():
    done = run_trusted(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], environment={}, seconds=10)
    assert (done.status, done.output) == (3, b"out\nerr\n")


def test_run_passes_exactly_the_environment_and_no_input(tmp_path):
    done = run_trusted(
        ["/bin/sh", "-c", "env; cat; pwd"], environment={"A": "1"}, seconds=10, folder=tmp_path
    )
    lines = done.output.decode().splitlines()
    assert "A=1" in lines
    assert not [line for line in lines if line.startswith("HOME=")]
    assert lines[-1] == str(tmp_path)


def test_run_ends_a_command_and_its_children_at_the_limit():
    began = time.monotonic()
    done = run_trusted(["/bin/sh", "-c", "sleep 60 & echo $!; sleep 60"], environment={}, seconds=0.5)
    assert done.status is None
    assert time.monotonic() - began < 5
    deadline = time.monotonic() + 5  # a killed grandchild takes a moment to leave
    while not _gone(int(done.output)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_missing_command_is_a_clear_error():
    with pytest.raises(SandboxError, match=r"no-such-program could not be started: .*; is it installed"):
        run_trusted(["no-such-program"], environment={}, seconds=1)


def test_spawn_talks_waits_and_stops(tmp_path):
    output = tmp_path / "log"
    child = spawn_trusted(["/bin/cat"], environment={}, output=output)
    child.send(b"hello\n")
    assert child.wait(0.1) is None
    child.stop()
    assert child.wait(0) is not None
    child.stop()
    assert output.read_bytes() == b"hello\n"


def test_stop_ends_a_program_that_ignores_being_asked(tmp_path):
    program = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    child = spawn_trusted([PYTHON, "-c", program], environment={}, output=tmp_path / "log")
    while not (tmp_path / "log").read_bytes():
        time.sleep(0.02)
    child.stop()
    assert _gone(child.pid)


def test_a_command_dies_with_its_parent(tmp_path):
    program = (
        "import time; from pathlib import Path; from goldseam.sandbox.host import spawn_trusted;"
        f"c = spawn_trusted(['/bin/sleep', '60'], environment={{}}, output=Path({str(tmp_path / 'log')!r}));"
        "print(c.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([PYTHON, "-c", program], stdout=subprocess.PIPE, env=dict(os.environ))
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while not _gone(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists() or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
