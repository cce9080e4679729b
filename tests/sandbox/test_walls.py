"""What a box cannot see, reach or change. Each wall is tried from inside and checked from outside."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.ports import Job


def test_runs_as_somebody_else_than_root(box: Any) -> None:
    uid, *held = box.run(Job("id -u; grep Cap /proc/self/status | cut -f 2; id -G")).stdout.split()
    assert int(uid) != 0
    assert len(held) == 6
    assert [int(number, 16) for number in held[:5]] == [0] * 5


def test_files_outside_are_invisible(box: Any, place: Path) -> None:
    secret = place / "home" / "secret"
    secret.write_text("planted")
    secret.chmod(0o644)
    run = box.run(
        Job(
            f"cat {secret}; cat /etc/shadow; ls {place}/home /home;"
            "find / -path /usr -prune -o -path /proc -prune -o -name secret -print"
        )
    )
    assert b"planted" not in run.stdout
    assert run.stdout.split() == [f"{place}/home:".encode(), b"project"]


def test_a_link_to_the_outside_leads_nowhere(box: Any, project: Path, place: Path) -> None:
    (place / "secret").write_text("planted")
    (project / "link").symlink_to(place / "secret")
    run = box.run(Job("cat link; echo x > link"))
    assert b"planted" not in run.stdout
    assert (place / "secret").read_text() == "planted"


def test_state_and_keys_in_the_project_are_hidden_and_git_is_read_only(
    box: Any, project: Path, who: str
) -> None:
    for name in (".goldseam", ".ssh", ".git"):
        (project / name).mkdir()
        (project / name / "inside").write_text("planted")
        if who == "ordinary user" and os.geteuid() == 0:
            os.chown(project / name, 60_900, 60_900)
    (project / ".netrc").write_text("planted")
    run = box.run(Job("cat .goldseam/* .ssh/* .netrc"))
    assert b"planted" not in run.stdout
    git = box.run(Job("cat .git/inside; echo x > .git/hook; rm .git/inside; echo x > .goldseam/x"))
    assert git.stdout == b"planted"
    assert git.stderr.count(b"Read-only file system") == 3


WRITES = [
    "/usr/x",
    "/etc/x",
    "/x",
    "/run/x",
    "/dev/x",
    "/proc/sys/kernel/core_pattern",
    "/proc/sysrq-trigger",
]


@pytest.mark.parametrize("path", WRITES)
def test_system_is_read_only(box: Any, path: str) -> None:
    assert box.run(Job(f"echo x > {path}")).exit_code != 0


def test_no_further_namespaces_and_no_mounts(box: Any) -> None:
    run = box.run(Job("unshare -U true; unshare -m true; mount -t tmpfs x /tmp; umount hello.txt; echo end"))
    assert run.stdout == b"end\n"
    assert run.stderr.count(b"\n") >= 4


def test_only_its_own_processes_are_visible(box: Any) -> None:
    run = box.run(Job(f"kill -9 {os.getpid()}; ls /proc | grep '^[0-9]'"))
    assert b"No such process" in run.stderr
    assert str(os.getpid()).encode() not in run.stdout.split()


def test_no_descriptor_leaks_in(box: Any) -> None:
    run = box.run(Job("cd /proc/self/fd && for f in *; do readlink $f; done"))
    assert [line for line in run.stdout.splitlines() if b"socket" in line or b"memfd" in line] == []


@pytest.fixture
def server() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_no_network_but_its_own_loopback(box: Any, server: int) -> None:
    connect = f"import socket; socket.create_connection(('127.0.0.1', {server}), 2)"
    assert subprocess.run(["/usr/bin/python3", "-c", connect], check=False).returncode == 0, "control"
    assert b"ConnectionRefused" in box.run(Job(f'python3 -c "{connect}"')).stderr
    assert (
        b"Network is unreachable"
        in box.run(Job("python3 -c \"import socket; socket.create_connection(('192.0.2.1', 80), 2)\"")).stderr
    )
    own = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    )
    assert box.run(Job(f'python3 -c "{own}"')).succeeded


def test_abstract_sockets_of_the_host_are_out_of_reach(box: Any) -> None:
    name = f"goldseam-test-{os.getpid()}"
    connect = f"import socket; socket.socket(socket.AF_UNIX).connect(chr(0) + '{name}')"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("\0" + name)
        listening.listen()
        assert subprocess.run(["/usr/bin/python3", "-c", connect], check=False).returncode == 0, "control"
        assert b"ConnectionRefused" in box.run(Job(f'python3 -c "{connect}"')).stderr


def test_temporary_files_stay_inside(box: Any) -> None:
    run = box.run(Job("echo x > /tmp/goldseam-stray && ls /tmp /dev/shm $HOME"))
    assert b"goldseam-stray" in run.stdout
    assert not Path("/tmp/goldseam-stray").exists()
    assert b"goldseam-stray" not in box.run(Job("ls /tmp")).stdout
