"""One command in a box: how it ends, what it prints, what it leaves."""

import hashlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from psutil import NoSuchProcess, Process, process_iter

from goldseam.core.errors import SandboxError
from goldseam.core.observation import Ended
from goldseam.core.ports import REPORT_PLACE, Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import MIB, Limits


def processes_with(mark: str) -> list[Process]:
    return [process for process in process_iter() if mark in " ".join(_command_line(process))]


def _command_line(process: Process) -> list[str]:
    try:
        return process.cmdline()
    except NoSuchProcess:
        return []


@pytest.mark.parametrize(
    ("command", "code"),
    [("true", 0), ("exit 3", 3), ("no-such-command", 127), ("kill -9 $$", -9), ("kill -SEGV $$", -11)],
)
def test_exit_codes(box: Any, command: str, code: int) -> None:
    run = box.run(Job(command))
    assert (run.ended, run.exit_code) == (Ended.EXITED, code)
    assert run.succeeded is (code == 0)


def test_streams_are_bytes_and_apart(box: Any) -> None:
    run = box.run(Job(r"printf 'a\000\377'; printf b >&2"))
    assert (run.stdout, run.stderr, run.truncated) == (b"a\x00\xff", b"b", False)


def test_runs_in_the_project_at_its_own_path(box: Any, project: Path) -> None:
    assert box.run(Job("pwd; cat hello.txt")).stdout == f"{project}\nowner's\n".encode()


def test_timeout_kills_who_ignores_sigterm_and_its_children(box: Any) -> None:
    start = time.monotonic()
    run = box.run(Job("trap '' TERM; (trap '' TERM; sleep 7301) & sleep 7301", seconds=0.4))
    assert run.ended is Ended.TIMEOUT
    assert time.monotonic() - start < 5
    assert processes_with("sleep 7301") == []


def test_children_left_behind_die_with_the_command(box: Any) -> None:
    run = box.run(Job("setsid sleep 7302 >/dev/null 2>&1 & setsid sh -c 'sleep 7302 & sleep 7302' & echo on"))
    assert (run.exit_code, run.stdout) == (0, b"on\n")
    assert processes_with("sleep 7302") == []


@pytest.mark.parametrize("processes", [1, 4])
def test_memory_is_bounded_for_all_processes_together(box: Any, processes: int) -> None:
    each = 480 // processes
    hog = f"python3 -c 'x = [bytes([1]) * 2**20 for _ in range({each})]; import time; time.sleep(20)'"
    run = box.run(Job(" & ".join([hog] * processes) + " & wait", seconds=30))
    assert run.ended is Ended.MEMORY
    assert run.seconds < 15


def test_processes_are_bounded(box: Any) -> None:
    run = box.run(Job("for i in $(seq 200); do sleep 7303 & done; wait", seconds=10))
    assert b"fork" in run.stderr.lower()
    assert run.exit_code != 0
    assert processes_with("sleep 7303") == []


def test_output_flood_keeps_head_and_tail(box: Any) -> None:
    run = box.run(Job("echo first; head -c 250000000 /dev/zero; echo; echo last", seconds=60))
    assert run.succeeded
    assert run.truncated
    assert run.stdout.startswith(b"first\n")
    assert run.stdout.endswith(b"\nlast\n")
    assert len(run.stdout) < 70_000


def test_disk_is_bounded_wherever_it_is_written(box: Any) -> None:
    fill = "for d in . /tmp /dev/shm $HOME; do head -c 20000000 /dev/zero > $d/big; done"
    run = box.run(Job(f"{fill}; du -cbs big /tmp/big /dev/shm/big | tail -1"))
    assert b"No space left" in run.stderr
    assert int(run.stdout.split()[0]) <= 32 * MIB


def test_files_are_bounded(box: Any) -> None:
    run = box.run(
        Job("i=0; while true > /tmp/$i; do i=$((i+1)); done 2>/dev/null; ls /tmp | wc -l", seconds=30)
    )
    assert 1000 < int(run.stdout) <= 2000


def test_writes_do_not_reach_the_owner(box: Any, project: Path) -> None:
    before = tree(project)
    run = box.run(Job("echo x > hello.txt && rm tool.sh && mkdir d && mv hello.txt d && cat d/hello.txt"))
    assert run.stdout == b"x\n"
    assert tree(project) == before
    assert box.run(Job("cat hello.txt")).stdout == b"owner's\n"


def tree(top: Path) -> dict[str, tuple[int, float, str]]:
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in top.rglob("*")
        if path.is_file()
    }


def test_folder_removed_and_made_again(box: Any, project: Path) -> None:
    run = box.run(Job("mkdir -p build/x && rm -rf build && mkdir build && touch build/y && ls build"))
    assert run.stdout == b"y\n"


def test_the_next_box_sees_what_the_owner_wrote_meanwhile(box: Any, project: Path) -> None:
    box.run(Job("true"))
    (project / "hello.txt").write_text("edited\n")
    assert box.run(Job("cat hello.txt")).stdout == b"edited\n"


def test_report_comes_back(box: Any) -> None:
    job = Job(
        "printf 'r\\377' > $PLACE", environment={"PLACE": REPORT_PLACE, "OPTION": f"--to={REPORT_PLACE}"}
    )
    assert box.run(job).report == b"r\xff"
    assert box.run(Job("true", environment={"PLACE": REPORT_PLACE})).report is None


def test_the_report_is_elsewhere_in_each_box(box: Any) -> None:
    places = [box.run(Job("echo $P", environment={"P": REPORT_PLACE})).stdout for _ in range(2)]
    assert places[0] != places[1]


@pytest.mark.parametrize(
    "attack",
    [
        "ln -s /etc/passwd $P",
        "ln -s $PWD/hello.txt $P",
        "mkfifo $P",
        "mkdir $P",
        "head -c 20000000 /dev/zero > $P",
    ],
)
def test_a_report_that_is_no_plain_file_is_none(box: Any, attack: str) -> None:
    run = box.run(Job(attack, environment={"P": REPORT_PLACE}))
    assert run.exit_code == 0
    assert run.report is None


def test_few_variables_and_no_secret(make: Any, project: Path) -> None:
    box = make(project, environ={"OPENAI_API_KEY": "sk-planted", "PATH": "/usr/bin:/bin:/not/there"})
    run = box.run(Job("env; cat /proc/*/environ", environment={"ADDED": "1"}))
    assert b"planted" not in run.stdout
    assert b"ADDED=1" in run.stdout
    assert b"/not/there" not in run.stdout


def test_two_boxes_at_once(own_box: Bubblewrap) -> None:
    runs = {}

    def go(number: int) -> None:
        command = f"echo {number} > mine; sleep 0.3; cat mine; ls /proc | grep -c '^[0-9]'"
        runs[number] = own_box.run(Job(command))

    threads = [threading.Thread(target=go, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, run in runs.items():
        mine, visible = run.stdout.split()
        assert int(mine) == number
        assert int(visible) <= 6


def test_a_box_that_cannot_start_is_an_error(own_box: Bubblewrap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldseam.sandbox.recipe.ISOLATION", ("--no-such-option",))
    with pytest.raises(SandboxError, match=r"did not start.*no-such-option"):
        own_box.run(Job("true"))
    assert own_box.probe().works is False


def test_missing_bubblewrap_says_what_to_install(
    own_box: Bubblewrap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldseam.sandbox.bubblewrap.shutil.which", lambda *_, **__: None)
    assert "apt-get install bubblewrap" in own_box.probe().detail


def test_probe_tells_that_it_works(box: Any) -> None:
    probe = box.probe()
    assert (probe.works, probe.detail) == (True, "")


@pytest.mark.parametrize("missing", ["gone", "/"])
def test_a_project_that_is_none(missing: str, place: Path) -> None:
    with pytest.raises(SandboxError):
        Bubblewrap(place / missing, Limits())
