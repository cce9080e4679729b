"""One box from order to answer: streams are read as they come, capped, and never block the box."""

import os
import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from goldseam.core.errors import SandboxError
from goldseam.core.observation import Ended
from goldseam.sandbox import wire
from goldseam.sandbox.launch import Launcher
from goldseam.sandbox.limits import Limits

GRACE_SECONDS = 15.0
"""How much later than promised a keeper may answer before its box is given up."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a keeper is told. `overlay` maps paths of the project copy, links resolved, to bytes."""

    argv: Sequence[str]
    data: Sequence[tuple[str, str]]
    overlay: Mapping[str, bytes]
    project: bool
    report: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class End:
    """How a box ended. `exit_code` is -N for signal N, also where a shell reported it as 128 + N."""

    ended: Ended
    exit_code: int
    seconds: float
    report: bytes | None


class Stream:
    """Keeps the first and the last half of what is written to it."""

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._head, self._tail = bytearray(), bytearray()
        self._left_out = 0

    @property
    def truncated(self) -> bool:
        return self._left_out > 0

    def add(self, data: bytes) -> None:
        room = self._half - len(self._head)
        self._head += data[:room]
        self._tail += data[room:] if room > 0 else data
        # Twice the half before it is cut: so that each byte is moved only once.
        if len(self._tail) > 2 * self._half:
            self._cut()

    def _cut(self) -> None:
        surplus = len(self._tail) - self._half
        if surplus > 0:
            del self._tail[:surplus]
            self._left_out += surplus

    def data(self) -> bytes:
        self._cut()
        if not self._left_out:
            return bytes(self._head + self._tail)
        note = f"\n[... {self._left_out} bytes left out ...]\n".encode()
        return bytes(self._head + note + self._tail)


def order(line: socket.socket, what: Order, limits: Limits) -> None:
    """Send an order and the bytes it announces."""
    message: dict[str, Any] = {
        "argv": list(what.argv),
        "data": list(what.data),
        "project": what.project,
        "report": what.report,
        "seconds": what.seconds,
        "overlay": [(path, len(data)) for path, data in what.overlay.items()],
    }
    wire.send(line, message | asdict(limits))
    for data in what.overlay.values():
        line.sendall(data)


def run_box(launcher: Launcher, what: Order, limits: Limits) -> tuple[End, Stream, Stream]:
    """Run one box to its end. Leaving early, by Ctrl-C too, closes the line, which ends the box."""
    outputs = [os.pipe(), os.pipe()]
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    readers = [reader for reader, _ in outputs]
    try:
        try:
            line = launcher.request([null, *(writer for _, writer in outputs)])
        finally:
            for descriptor in (null, *(writer for _, writer in outputs)):
                os.close(descriptor)
        with closing(line):
            return _attend(line, readers, what, limits)
    finally:
        for reader in readers:
            os.close(reader)


def _attend(
    line: socket.socket, readers: Sequence[int], what: Order, limits: Limits
) -> tuple[End, Stream, Stream]:
    streams = {reader: Stream(limits.output_bytes) for reader in readers}
    answer = bytearray()
    deadline = None if what.seconds is None else time.monotonic() + what.seconds + GRACE_SECONDS
    try:
        order(line, what, limits)
    except OSError:
        pass  # The keeper gave up and says why in its answer.
    with selectors.DefaultSelector() as selector:
        for source in (*readers, line.fileno()):
            selector.register(source, selectors.EVENT_READ)
        while selector.get_map():
            events = selector.select(None if deadline is None else max(0.0, deadline - time.monotonic()))
            if not events:
                raise SandboxError("the box did not end in time and was given up")
            for key, _ in events:
                data = os.read(key.fd, 1 << 18)
                if not data:
                    selector.unregister(key.fd)
                elif key.fd in streams:
                    streams[key.fd].add(data)
                else:
                    answer += data
    stdout, stderr = streams.values()
    return parse(bytes(answer), stderr), stdout, stderr


def parse(answer: bytes, stderr: Stream) -> End:
    """A keeper's answer; raises `SandboxError` if the box did not get as far as its command."""
    if not answer:
        raise SandboxError("the keeper of the box was killed")
    told, report = wire.decoded_with_rest(answer)
    if "error" in told:
        raise SandboxError(f"the box did not start: {told['error']}")
    if not told["started"] and told["ended"] == "exited":
        reason = stderr.data().decode(errors="replace").strip() or f"exit code {told['status']}"
        raise SandboxError(f"the box did not start: {reason}")
    code = told["status"]
    return End(
        Ended(told["ended"]),
        128 - code if 128 < code <= 192 else code,
        told["seconds"],
        None if told["report"] is None else report,
    )
