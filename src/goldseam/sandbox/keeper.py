"""The process beside each box: lays out its files, starts it, watches it, and proves that it has ended."""

import math
import os
import resource
import select
import signal
import socket
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from goldseam.sandbox import become, wire
from goldseam.sandbox.cgroup import Group
from goldseam.sandbox.layout import Layout
from goldseam.sandbox.memory import memory_below, next_look, tree_below
from goldseam.sandbox.opening import open_network
from goldseam.sandbox.stage import Stage
from goldseam.sandbox.written import written_in

DISK_SHARE = 0.05
"""Part of its time that a keeper may spend on adding up what a box wrote, where no file system bounds it."""


class Keeper:
    """Starts one box and stays until nothing of it is left."""

    def __init__(self, stage: Stage, line: socket.socket, box: str, group: Group | None) -> None:
        self.stage, self.line, self.box, self.group = stage, line, box, group
        self.order = wire.receive(line)
        self.layout = Layout(stage, self.order, box)

    def run(self, streams: list[int]) -> tuple[dict[str, Any], bytes]:
        """The answer and the report."""
        if self.group:
            self.group.limit(self.order["memory_bytes"])
        self.layout.place(self.line)
        if self.order["allow"]:
            addresses = [(host, port) for host, port in self.order["allow"]]
            open_network(addresses, self.stage.uid, self.stage.gid)
        started, mark = os.pipe()
        start = time.monotonic()
        killed_before = self.group.killed() if self.group else 0
        pid = self.start(streams, mark)
        for descriptor in (*streams, mark):
            os.close(descriptor)
        ended = self.watch(pid, start, killed_before)
        status = self.end(pid)
        if self.group and self.group.killed() > killed_before:
            ended = "memory"
        seconds = time.monotonic() - start
        report = self.report()
        answer = {
            "ended": ended,
            "status": status,
            "seconds": seconds,
            "started": bool(os.read(started, 1)),
            "report": None if report is None else len(report),
            "copy": None if self.stage.level == "bubblewrap" else self.layout.project,
            "written": written_in(self.layout) if self.order["project"] else [],
        }
        return answer, report or b""

    def start(self, streams: list[int], mark: int) -> int:
        if self.stage.level == "bubblewrap":
            argv, files = become.bubblewrap_words(self.order, self.box)
        else:
            argv, files = [part.replace(wire.BOX, self.box) for part in self.order["argv"]], []
        pid = os.fork()
        if pid == 0:
            try:
                self.become(argv, streams, mark)
            except OSError as error:
                os.write(2, os.fsencode(f"{error.filename or argv[0]}: {error.strerror}\n"))
            os._exit(126)
        for file in files:
            os.close(file)
        return pid

    def become(self, argv: list[str], streams: list[int], mark: int) -> None:
        """In the child: descriptors and limits first, then the level's own walls."""
        become.take_streams(streams, mark)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        self.limit()
        if self.stage.level == "bubblewrap":
            become.bubblewrap(self.stage, argv)
        else:
            become.confined(self.stage, self.order, self.box, argv)

    def limit(self) -> None:
        """What holds for each process alone. Data is a coarse net under the watchdog: the stacks of threads
        count as data though nobody touches them. A file may fill the disk, which is bounded itself."""
        order = self.order
        for which, value in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, order["open_files"]),
            (resource.RLIMIT_FSIZE, order["disk_bytes"] + 4096),
            (resource.RLIMIT_DATA, 2 * order["memory_bytes"]),
        ):
            become.bound(which, value)

    def watch(self, pid: int, start: float, killed_before: int) -> str:
        """Wait for the end, whichever comes first; memory is looked at more often the less is left."""
        finished, parent = os.pidfd_open(pid), os.pidfd_open(os.getppid())
        events = select.poll()
        for source in (finished, parent):
            events.register(source, select.POLLIN)
        events.register(self.line, select.POLLIN | select.POLLHUP)
        limit, used = self.order["memory_bytes"], 0
        end = math.inf if self.order["seconds"] is None else start + self.order["seconds"]
        disk_again = time.monotonic() + DISK_SHARE
        while (left := end - time.monotonic()) > 0:
            ready = {number for number, _ in events.poll(1000 * min(next_look(limit - used), left))}
            if finished in ready:
                return "exited"
            if ready:
                return "killed"
            if self.group:
                if self.group.killed() > killed_before:
                    return "memory"
            elif (used := memory_below(os.getpid(), limit)) > limit:
                return "memory"
            if not self.stage.mounts and (look := time.monotonic()) >= disk_again:
                if self.layout.is_full():
                    return "killed"
                disk_again = time.monotonic() + max(DISK_SHARE, (time.monotonic() - look) / DISK_SHARE)
        return "timeout"

    def end(self, pid: int) -> int:
        """Kill what is left of the box until there is no child; returns how its first process ended."""
        status = 0
        while True:
            for process in tree_below(os.getpid()):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            try:
                ended, code = os.waitpid(-1, 0)
            except ChildProcessError:
                return status
            if ended == pid:
                status = os.waitstatus_to_exitcode(code)

    def report(self) -> bytes | None:
        """The report file, if it is a plain file of bearable size."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            file = os.open(f"{self.box}/report/{self.order['report']}", flags)
        except OSError:
            return None
        state = os.fstat(file)
        if not stat.S_ISREG(state.st_mode) or state.st_size > self.order["report_bytes"]:
            return None
        with os.fdopen(file, "rb") as stream:
            return stream.read()
