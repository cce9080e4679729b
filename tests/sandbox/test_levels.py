"""The levels below bubblewrap: chosen by trying, each holding what it promises."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.errors import SandboxError
from goldseam.core.observation import Ended
from goldseam.core.ports import REPORT_PLACE, Job
from goldseam.sandbox import landlock
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.choose import choose
from goldseam.sandbox.limits import MIB, Limits
from goldseam.sandbox.unboxed import Landlock, Plain

needs_landlock = pytest.mark.skipif(
    landlock.version() < landlock.NEEDED_VERSION,
    reason=f"NOT TESTED: Landlock {landlock.NEEDED_VERSION} is needed, here is {landlock.version()}",
)
LEVELS = [pytest.param(Landlock, marks=needs_landlock, id="landlock"), pytest.param(Plain, id="plain")]


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def box(make: Any, project: Path, level: Any) -> Any:
    return make(project, level=level)


@pytest.fixture
def locked(make: Any, project: Path) -> Any:
    return make(project, level=Landlock)


def test_runs_a_candidate_in_a_copy_and_tells_the_owners_paths(box: Any, project: Path) -> None:
    job = Job(
        "pwd; cat hello.txt; echo made > made; echo r > $P; ./tool.sh >&2", environment={"P": REPORT_PLACE}
    )
    run = box.run(Job(job.command, {"tool.sh": b"#!/bin/sh\necho new\n"}, job.environment))
    assert run.stdout == f"{project}\nowner's\n".encode(), run.stderr
    assert (run.stderr, run.report, run.exit_code) == (b"new\n", b"r\n", 0)
    assert not (project / "made").exists()
    assert (project / "tool.sh").read_text() == "#!/bin/sh\necho old\n"


def test_what_was_written_is_told(box: Any) -> None:
    assert box.run(Job("echo > hello.txt; echo > new")).written == ("hello.txt",)


def test_limits_and_sweep(box: Any) -> None:
    assert box.run(Job("trap '' TERM; sleep 7501", seconds=0.4)).ended is Ended.TIMEOUT
    run = box.run(Job("setsid sh -c 'trap \"\" TERM HUP; sleep 7502 & sleep 7502' >/dev/null 2>&1 & echo on"))
    assert run.stdout == b"on\n"
    assert subprocess.run(["/usr/bin/pgrep", "-f", "sleep 750[12]"], capture_output=True).stdout == b""
    hog = "python3 -c 'x = bytearray(b\"1\") * 480000000; import time; time.sleep(20)'"
    assert box.run(Job(f"setsid {hog} & wait", seconds=30)).ended is Ended.MEMORY
    assert (
        b"fork" in box.run(Job("for i in $(seq 200); do sleep 7503 & done; wait", seconds=10)).stderr.lower()
    )
    assert box.run(Job("head -c 90000000 /dev/zero > f")).exit_code != 0
    many = "for i in $(seq 100); do head -c 20000000 /dev/zero > f$i; done; sleep 7504"
    start = time.monotonic()
    assert box.run(Job(many, seconds=30)).ended is Ended.KILLED
    assert time.monotonic() - start < 20


def test_a_worker_answers_and_nothing_is_left(make: Any, level: Any, who: str, tmp_path: Path) -> None:
    if who != "root":
        pytest.skip("workers are asked through this process")
    program = tmp_path / "answer.py"
    program.write_text("import sys, json\nfor line in sys.stdin:\n    print(line, end='', flush=True)\n")
    sandbox = make(None, level=level)
    worker = sandbox.worker(["python3"], program)
    assert worker.ask({"a": 1}, seconds=20) == {"a": 1}
    worker.close()
    sandbox.close()
    assert list(Path("/tmp").glob(".goldseam-box-*")) == []


def test_node_modules_are_read_where_they_are(
    box: Any, project: Path, who: str, hand_over: Callable[[Path, str], None]
) -> None:
    (project / "node_modules" / "m").mkdir(parents=True)
    (project / "node_modules" / "m" / "index.js").write_text("module.exports = 'module'\n")
    (project / "run.js").write_text("console.log(require('m'))\n")
    hand_over(project, who)
    project.chmod(0o755)
    project.parent.chmod(0o755)
    if shutil.which("node", path="/usr/bin") is None:
        pytest.skip("NOT TESTED: needs /usr/bin/node")
    run = box.run(Job("node run.js"))
    assert run.stdout == b"module\n", run.stderr


@needs_landlock
def test_landlock_hides_files_and_refuses_writes(locked: Any, place: Path, project: Path) -> None:
    secret = place / "secret"
    secret.write_text("planted")
    for folder in (place, secret):
        folder.chmod(0o777)
    run = locked.run(
        Job(
            f"cat {secret} {project}/hello.txt; echo x > {secret}; echo x > {place}/new; rm {secret};"
            f"ls {place} /home /tmp; ln {secret} l; ln -s {secret} s; cat l s;"
            f"cat /proc/{os.getpid()}/environ"
        )
    )
    assert b"planted" not in run.stdout
    assert run.stdout == b""
    assert secret.read_text() == "planted"
    assert {path.name for path in place.iterdir()} <= {"home", "package", "secret"}


@needs_landlock
def test_landlock_changes_no_mode_or_time_of_files_of_the_same_user(locked: Any, project: Path) -> None:
    before = (project / "hello.txt").stat()
    python = f"import os; os.chmod({str(project / 'hello.txt')!r}, 0o777); os.utime({str(project)!r}, (1, 1))"
    locked.run(Job(f'python3 -c "{python}"; chmod 777 {project}/hello.txt; touch -d 1999-01-01 {project}'))
    after = (project / "hello.txt").stat()
    assert (after.st_mode, after.st_mtime) == (before.st_mode, before.st_mtime)
    assert project.stat().st_mtime > 1e9


@pytest.fixture
def server() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@needs_landlock
def test_landlock_has_no_network_but_pairs_of_sockets(locked: Any, server: int) -> None:
    connect = f"import socket; socket.create_connection(('127.0.0.1', {server}), 2)"
    assert subprocess.run(["/usr/bin/python3", "-c", connect], check=False).returncode == 0, "control"
    assert b"PermissionError" in locked.run(Job(f'python3 -c "{connect}"')).stderr
    loop = "import asyncio, socket; socket.socketpair(); asyncio.run(asyncio.sleep(0)); print(1)"
    assert locked.run(Job(f'python3 -c "{loop}"')).stdout == b"1\n"


@needs_landlock
def test_landlock_signals_nobody_outside(locked: Any) -> None:
    victim = subprocess.Popen(["/bin/sleep", "60"], user=60_900 if os.geteuid() == 0 else None)
    try:
        run = locked.run(Job(f"kill -9 {victim.pid}; kill -9 -1; echo on"))
        assert b"not permitted" in run.stderr
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_the_best_level_that_works_is_chosen(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox, probe = choose(place, Limits())
    sandbox.close()
    assert (sandbox.level, probe.works) == ("bubblewrap", True)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    if landlock.version() >= landlock.NEEDED_VERSION:
        sandbox, probe = choose(place, Limits())
        sandbox.close()
        assert sandbox.level == "landlock"
        assert "no bubblewrap: bubblewrap is not installed" in probe.detail


def test_plain_limits_are_never_chosen_by_themselves(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr("goldseam.sandbox.unboxed.version", lambda: 5)
    with pytest.raises(
        SandboxError, match=r"nothing is run: no bubblewrap: .*; no landlock: .* has version 5"
    ):
        choose(place, Limits())
    sandbox, _ = choose(place, Limits(), level="plain")
    assert sandbox.run(Job("echo $HOME")).exit_code == 0
    sandbox.close()
    with pytest.raises(SandboxError, match="not a sandbox level"):
        choose(place, Limits(), level="docker")


def test_more_paths_may_be_read(place: Path) -> None:
    (place / "data").mkdir()
    (place / "data" / "f").write_text("shared")
    (place / "p").mkdir()
    for level in (Bubblewrap, Landlock):
        with level(place / "p", Limits(memory_bytes=256 * MIB), extra_read_only=[place / "data"]) as sandbox:
            run = sandbox.run(Job(f"cat {place}/data/f; echo x > {place}/data/g"))
        assert run.stdout == b"shared"
    assert not (place / "data" / "g").exists()
