"""Trusted commands: goldseam's own tools, run on the host without a box. Never anything a model wrote.

A command gets its own process group, dies with goldseam (Linux: parent-death signal), and is reaped.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from goldseam.core.errors import SandboxError

_SET_PARENT_DEATH_SIGNAL = 1
_GRACE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Finished:
    """Exit status (negative: the signal that ended it, None: killed at its time limit) and all output."""

    status: int | None
    output: bytes


class TrustedProcess:
    """A running trusted command; `stop` ends it and everything in its process group."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, data: bytes) -> None:
        """Write to its standard input, which stays open; `BrokenPipeError` if it is gone."""
        if self._process.stdin is None:
            raise SandboxError(f"process {self.pid} was started without standard input")
        self._process.stdin.write(data)
        self._process.stdin.flush()

    def wait(self, seconds: float) -> int | None:
        """Its exit status, or None if it still runs after `seconds`."""
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Ask it to end, then kill its whole group; stopping twice is free."""
        if self._process.poll() is None:
            self._signal_group(signal.SIGTERM)
            self.wait(_GRACE_SECONDS)
        self._signal_group(signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()

    def _signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


def spawn_trusted(
    argv: Sequence[str], *, environment: Mapping[str, str], output: Path, folder: Path | None = None
) -> TrustedProcess:
    """Start `argv` with exactly `environment`; standard output and error are appended to `output`.

    Call it from a thread that outlives the command: Linux sends the parent-death signal when the starting
    thread ends.
    """
    with output.open("ab", buffering=0) as log:
        return TrustedProcess(_popen(argv, environment, log, folder))


def run_trusted(
    argv: Sequence[str], *, environment: Mapping[str, str], seconds: float, folder: Path | None = None
) -> Finished:
    """Run `argv` to its end, at most `seconds`, with nothing on standard input."""
    with tempfile.TemporaryFile() as log:
        process = TrustedProcess(_popen(argv, environment, log, folder, stdin=subprocess.DEVNULL))
        try:
            status = process.wait(seconds)
        finally:
            process.stop()
        log.seek(0)
        return Finished(status, log.read())


def _popen(
    argv: Sequence[str],
    environment: Mapping[str, str],
    log: IO[bytes],
    folder: Path | None,
    stdin: int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(argv),
            stdin=stdin,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            process_group=0,
            preexec_fn=_die_with_parent(),
        )
    except OSError as error:
        raise SandboxError(f"{argv[0]} could not be started: {error.strerror}; is it installed?") from error


def _die_with_parent() -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arrange() -> None:
        prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange
