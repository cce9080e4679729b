"""This side of the launcher: starts it, and asks it for boxes."""

import json
import socket
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from goldseam.core.errors import SandboxError
from goldseam.sandbox import wire

START_SECONDS = 30.0
END_SECONDS = 10.0
BOOT = (
    "import json, socket, sys; sys.path.insert(0, sys.argv[1]); from goldseam.sandbox import launcher; "
    "launcher.main(json.loads(sys.argv[2]), socket.socket(fileno=int(sys.argv[3])))"
)


class Launcher:
    """The launcher process of one project, started when first needed and again if it died."""

    def __init__(self, level: str, project: Path | None, tools: Sequence[str], uid: int, gid: int) -> None:
        self._settings = {
            "level": level,
            "project": None if project is None else str(project),
            "tools": list(tools),
            "uid": uid,
            "gid": gid,
        }
        self._lock = threading.Lock()
        self._is_closed = False
        self._control: socket.socket | None = None
        self._stage: dict[str, Any] = {}
        self._end: weakref.finalize[..., Launcher] | None = None

    @property
    def stage(self) -> dict[str, Any]:
        """What the launcher prepared; see `stage.Stage`."""
        self._control_socket()
        return self._stage

    @contextmanager
    def line(self, streams: Sequence[int]) -> Iterator[socket.socket]:
        """The line to a new keeper, which got `streams` as its box's stdin, stdout and stderr.

        Leaving ends the box, if it still runs, and returns when nothing of it is left.
        """
        with self._request(streams) as line:
            try:
                yield line
            finally:
                line.settimeout(END_SECONDS)
                with suppress(OSError):
                    line.shutdown(socket.SHUT_WR)
                    while line.recv(1 << 16):
                        pass

    def _request(self, streams: Sequence[int]) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            descriptors = [theirs.fileno(), *streams]
            try:
                socket.send_fds(self._control_socket(), [b"box"], descriptors)
            except OSError:
                self._forget()
                socket.send_fds(self._control_socket(), [b"box"], descriptors)
        return ours

    def close(self) -> None:
        """End the launcher and every box it started, for good: another thread may be about to ask for one."""
        self._is_closed = True
        self._forget()

    def _forget(self) -> None:
        with self._lock:
            if self._end is not None:
                self._end()
            self._control = self._end = None

    def _control_socket(self) -> socket.socket:
        with self._lock:
            if self._is_closed:
                raise SandboxError("the sandbox is closed")
            if self._control is None:
                self._start()
            assert self._control is not None
            return self._control

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        package_root = str(Path(__file__).parents[2])
        argv = [sys.executable, "-I", "-S", "-c", BOOT, package_root]
        with theirs:
            process = subprocess.Popen(
                [*argv, json.dumps(self._settings), str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd="/",
                env={},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._stage = _hello(ours, process)
        self._control = ours
        self._end = weakref.finalize(self, _end, ours, process)


def _hello(control: socket.socket, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    control.settimeout(START_SECONDS)
    try:
        stage = wire.decoded(control.recv(1 << 20))
    except (OSError, ValueError) as error:
        process.kill()
        _, text = process.communicate()
        control.close()
        last = text.decode(errors="replace").strip().splitlines()[-1:]
        raise SandboxError(f"the sandbox's launcher did not start: {''.join(last) or error}") from error
    control.settimeout(None)
    if "error" in stage:
        _end(control, process)
        raise SandboxError(f"no sandbox here: {stage['error']}")
    return stage


def _end(control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    control.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stderr is not None
    process.stderr.close()
