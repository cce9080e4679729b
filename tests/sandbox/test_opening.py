"""A service of the host, opened by configuration into a box that reaches nothing else."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldseam.core.loopback import parse_address
from goldseam.core.ports import Job
from goldseam.sandbox.choose import choose
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.unboxed import Landlock

ASK = (
    "import socket, sys\n"
    "with socket.create_connection((sys.argv[1], int(sys.argv[2])), 3) as line:\n"
    "    line.sendall(b'x' * 300000); line.shutdown(1)\n"
    "    print(sum(len(part) for part in iter(lambda: line.recv(65536), b'')))\n"
)


def echo(listening: socket.socket) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line:
            while data := line.recv(1 << 16):
                line.sendall(data)


@pytest.fixture
def services() -> Iterator[list[int]]:
    """Two services that send back what they get."""
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    for each in listening:
        threading.Thread(target=echo, args=(each,), daemon=True).start()
    yield [each.getsockname()[1] for each in listening]
    for each in listening:
        each.shutdown(socket.SHUT_RDWR)
        each.close()


def test_the_named_service_answers_and_no_other(make: Any, project: Path, services: list[int]) -> None:
    opened, closed = services
    box = make(project, allow=[("127.0.0.1", opened)])
    for _ in range(2):
        run = box.run(Job(f'python3 -c "$ASK" 127.0.0.1 {opened}', environment={"ASK": ASK}))
        assert run.stdout == b"300000\n", run.stderr
    many = f'for i in 1 2 3 4 5; do python3 -c "$ASK" 127.0.0.1 {opened} & done; wait'
    assert box.run(Job(many, environment={"ASK": ASK})).stdout == b"300000\n" * 5
    refused = box.run(Job(f'python3 -c "$ASK" 127.0.0.1 {closed}', environment={"ASK": ASK}))
    assert b"ConnectionRefused" in refused.stderr
    far = box.run(Job('python3 -c "$ASK" 192.0.2.1 80', environment={"ASK": ASK}))
    assert b"unreachable" in far.stderr


def test_a_service_that_is_down_is_a_closed_connection(make: Any, project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = make(project, allow=[("127.0.0.1", port)])
    run = box.run(Job(f'python3 -c "$ASK" 127.0.0.1 {port}', environment={"ASK": ASK}))
    assert b"300000" not in run.stdout


def test_a_level_that_cannot_open_one_address_opens_none(place: Path) -> None:
    sandbox, probe = choose(place, Limits(), level="plain", allow=["localhost:5432"])
    sandbox.close()
    assert "sandbox.allow is not followed" in probe.detail
    assert Landlock.opens_addresses is False


@pytest.mark.parametrize(
    "text", ["5432", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x", "10.0.0.1:80", "example:1"]
)
def test_only_addresses_of_this_machine(text: str) -> None:
    with pytest.raises(ValueError, match="not an address of this machine"):
        parse_address(text)


def test_addresses_that_are_understood() -> None:
    assert parse_address("localhost:5432") == ("127.0.0.1", 5432)
    assert parse_address("[::1]:80") == ("::1", 80)
    assert parse_address("127.0.0.53:53") == ("127.0.0.53", 53)
