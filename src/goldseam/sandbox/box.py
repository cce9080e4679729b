"""One box from order to answer: streams are read as they come, capped, and never block the box."""

import os
import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
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
    """What a keeper is told. `overlay` maps paths of the project copy, links resolved, to bytes.

    `environment` is for the levels without bubblewrap, whose command line carries it. `allow` are addresses
    of the host's loopback that the box may reach.
    """

    argv: Sequence[str]
    environment: Mapping[str, str]
    data: Sequence[tuple[str, str]]
    overlay: Mapping[str, bytes]
    project: bool
    report: str
    seconds: float | None
    allow: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class End:
    """How a box ended. `exit_code` is -N for signal N, also where a shell reported it as 128 + N.

    `copy` is where the box saw the project, if not at the project's own path.
    """

    ended: Ended
    exit_code: int
    seconds: float
    report: bytes | None
    written: tuple[str, ...]
    copy: str | None


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
        "environment": dict(what.environment),
        "data": list(what.data),
        "project": what.project,
        "report": what.report,
        "seconds": what.seconds,
        "allow": list(what.allow),
        "overlay": [(path, len(data)) for path, data in what.overlay.items()],
    }
    wire.send(line, message | asdict(limits))
    for data in what.overlay.values():
        line.sendall(data)


def run_box(launcher: Launcher, what: Order, limits: Limits) -> tuple[End, Stream, Stream]:
    """Run one box to its end. Leaving early, by Ctrl-C too, ends the box."""
    with ExitStack() as stack, ExitStack() as theirs:
        given, readers = [os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)], []
        theirs.callback(os.close, given[0])
        for _ in range(2):
            reader, writer = os.pipe()
            stack.callback(os.close, reader)
            theirs.callback(os.close, writer)
            readers.append(reader)
            given.append(writer)
        line = stack.enter_context(launcher.line(given))
        theirs.close()
        with suppress(OSError):  # A keeper that gave up says why in its answer.
            order(line, what, limits)
        patience = None if what.seconds is None else what.seconds + GRACE_SECONDS
        (stdout, stderr), answer = _attend(line, readers, limits.output_bytes, patience)
        return parse(answer, stderr), stdout, stderr


def _attend(
    line: socket.socket, readers: Sequence[int], limit: int, patience: float | None
) -> tuple[list[Stream], bytes]:
    """Read until all sides are closed."""
    streams = {reader: Stream(limit) for reader in readers}
    answer = bytearray()
    deadline = None if patience is None else time.monotonic() + patience
    with selectors.DefaultSelector() as selector:
        for source in (*readers, line.fileno()):
            selector.register(source, selectors.EVENT_READ)
        while selector.get_map():
            events = selector.select(None if deadline is None else max(0.0, deadline - time.monotonic()))
            if not events:
                raise SandboxError("the box did not end in time and was given up")
            for source in (key.fd for key, _ in events):
                if not (data := os.read(source, 1 << 18)):
                    selector.unregister(source)
                elif source in streams:
                    streams[source].add(data)
                else:
                    answer += data
    return list(streams.values()), bytes(answer)


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
        tuple(told["written"]),
        told["copy"],
    )
