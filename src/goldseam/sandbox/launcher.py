"""The program that starts boxes: one process beside goldseam, forked once for each box.

Started isolated and alone, so that a fork costs a millisecond where a new interpreter costs twelve. It
prepares namespaces and mounts once (`stage`), then waits for requests on its control socket: each carries
a line (a stream socket) and the box's stdin, stdout and stderr. The fork, the box's *keeper*, reads the
order from the line, lays out the box's files, starts bubblewrap or confines the command itself, watches
wall time and memory, and answers on the line.

    goldseam ── launcher ── (holder) ── keeper (subreaper) ── bwrap ── pid 1 of the box ── the command

Where cgroups can be had, a *holder* sits in each and forks the keepers: to move a process into a group costs
ten milliseconds, to be born in one nothing.

Nothing outlives its parent: the launcher ends when its control socket closes, a keeper when its line
closes or its parent dies, bwrap and the box when the keeper dies. A keeper answers only when it has no
child left, and the pid namespace of the box is empty before its pid 1 can be waited for.
"""

import gc
import os
import select
import signal
import socket
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NoReturn

from goldseam.sandbox import cgroup, kernel, wire
from goldseam.sandbox.cgroup import Group, Groups
from goldseam.sandbox.keeper import Keeper
from goldseam.sandbox.stage import Stage, prepare

CLOSING_SECONDS = 1.0


def main(settings: dict[str, Any], control: socket.socket) -> None:
    """Prepare, say what came of it, then fork a keeper for each request."""
    groups = cgroup.prepare()
    try:
        stage = prepare(**settings)
    except OSError as error:
        wire.send(control, {"error": f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")})
        return
    wire.send(control, asdict(stage) | {"cgroups": groups is not None})
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.disable()  # A collection in a fork would copy every page it looks at.
    gc.freeze()
    try:
        if groups is None:
            serve(control, stage)
        else:
            Dispatcher(control, stage, groups).serve()
    finally:
        if not stage.mounts:
            _await_children()
            wire.remove_tree(stage.root)
        if groups is not None:
            groups.remove()


def _await_children() -> None:
    """Keepers whose goldseam is gone end by themselves; others, when their launcher is."""
    end = time.monotonic() + CLOSING_SECONDS
    with suppress(ChildProcessError):
        while time.monotonic() < end:
            os.waitpid(-1, os.WNOHANG)
            time.sleep(0.01)


def serve(control: socket.socket, stage: Stage, group: Group | None = None) -> None:
    """Fork a keeper for each request; with a group, one after the other."""
    parent = os.getpid()
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 16, 4)
        if not request:
            return
        keeper = os.fork()
        if keeper == 0:
            try:
                control.close()
                for descriptor in descriptors:
                    os.set_inheritable(descriptor, False)
                keep(stage, parent, descriptors, group)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)
        if group is not None:
            os.waitpid(keeper, 0)
            control.send(b"free")


class Dispatcher:
    """Hands each request to a holder that is free, and makes one where none is."""

    def __init__(self, control: socket.socket, stage: Stage, groups: Groups) -> None:
        self._control, self._stage, self._groups = control, stage, groups
        self._free: list[socket.socket] = []
        self._busy: dict[int, socket.socket] = {}

    def serve(self) -> None:
        """Until goldseam is gone; then no holder gets another request."""
        try:
            self._serve()
        finally:
            for holder in (*self._free, *self._busy.values()):
                holder.close()

    def _serve(self) -> None:
        events = select.poll()
        events.register(self._control, select.POLLIN)
        while True:
            for number, _ in events.poll():
                if number != self._control.fileno():
                    holder = self._busy.pop(number)
                    events.unregister(number)
                    if _is_told_free(holder):
                        self._free.append(holder)
                    continue
                request, descriptors, _, _ = socket.recv_fds(self._control, 16, 4)
                if not request:
                    return
                holder = self._give(request, descriptors)
                self._busy[holder.fileno()] = holder
                events.register(holder, select.POLLIN)

    def _give(self, request: bytes, descriptors: list[int]) -> socket.socket:
        holder = self._free.pop() if self._free else self._new_holder(descriptors)
        try:
            socket.send_fds(holder, [request], descriptors)
        except OSError:  # Somebody killed it while it was free.
            holder = self._new_holder(descriptors)
            socket.send_fds(holder, [request], descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        return holder

    def _new_holder(self, not_its: list[int]) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        launcher = os.getpid()
        if os.fork() == 0:
            try:
                for other in (ours, self._control, *self._free, *self._busy.values()):
                    other.close()
                for descriptor in not_its:
                    os.close(descriptor)
                _hold(theirs, self._stage, self._groups, launcher)
            finally:
                os._exit(0)
        theirs.close()
        return ours


def _hold(requests: socket.socket, stage: Stage, groups: Groups, launcher: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != launcher:
        return
    serve(requests, stage, groups.enter())


def _is_told_free(holder: socket.socket) -> bool:
    try:
        return bool(holder.recv(16))
    except OSError:
        return False


def keep(stage: Stage, parent: int, descriptors: list[int], group: Group | None) -> NoReturn:
    """One box from order to answer, in a process of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if stage.level == "bubblewrap":  # Elsewhere it lives on and sweeps.
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    line = socket.socket(fileno=descriptors[0])
    box = f"{stage.root}/box" if stage.mounts else f"{stage.root}/{os.getpid()}"
    try:
        answer, report = Keeper(stage, line, box, group).run(descriptors[1:])
    except OSError as error:
        answer, report = {"error": f"{error.filename or 'box'}: {error.strerror or error}"}, b""
    if not stage.mounts:
        wire.remove_tree(box if os.getppid() == parent else stage.root)
    with suppress(OSError):
        wire.send(line, answer)
        line.sendall(report)
    os._exit(0)
