"""The program that starts boxes: one process beside goldseam, forked once for each box.

Started isolated and alone, so that a fork costs a millisecond where a new interpreter costs twelve. It
prepares namespaces and mounts once (`stage`), then waits for requests on its control socket: each carries
a line (a stream socket) and the box's stdin, stdout and stderr. The fork, the box's *keeper*, reads the
order from the line, mounts the box's files, starts bubblewrap, watches wall time and memory, and answers
on the line.

    goldseam ── launcher ── keeper (subreaper) ── bwrap ── pid 1 of the box ── the command

Nothing outlives its parent: the launcher ends when its control socket closes, a keeper when its line
closes or the launcher dies, bwrap and the box when the keeper dies. A keeper answers only when it has no
child left, and the pid namespace of the box is empty before its pid 1 can be waited for.
"""

import fcntl
import gc
import math
import os
import resource
import select
import signal
import socket
import stat
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from goldseam.sandbox import kernel, seccomp, wire
from goldseam.sandbox.memory import memory_of, next_look
from goldseam.sandbox.stage import Stage, copy_project, mount_overlay, mount_scratch, prepare

MARK = 9
"""The descriptor on which a box says that its command is about to start."""


def main(settings: dict[str, Any], control: socket.socket) -> None:
    """Prepare, say what came of it, then fork a keeper for each request."""
    try:
        stage = prepare(settings["project"], settings["tools"], settings["uid"], settings["gid"])
    except OSError as error:
        wire.send(control, {"error": f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")})
        return
    wire.send(control, asdict(stage))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 2)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.disable()  # A collection in a fork would copy every page it looks at.
    gc.freeze()
    try:
        serve(control, stage)
    finally:
        if not stage.mounts:
            wire.remove_tree(stage.root)


def serve(control: socket.socket, stage: Stage) -> None:
    launcher = os.getpid()
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 16, 4)
        if not request:
            return
        if os.fork() == 0:
            try:
                control.close()
                for descriptor in descriptors:
                    os.set_inheritable(descriptor, False)
                keep(stage, launcher, descriptors)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


def keep(stage: Stage, launcher: int, descriptors: list[int]) -> NoReturn:
    """One box from order to answer, in a process of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != launcher:
        os._exit(1)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    line = socket.socket(fileno=descriptors[0])
    box = f"{stage.root}/box" if stage.mounts else f"{stage.root}/{os.getpid()}"
    try:
        answer, report = Keeper(stage, line, box).run(descriptors[1:])
    except OSError as error:
        answer, report = {"error": f"{error.filename or 'box'}: {error.strerror or error}"}, b""
    if not stage.mounts:
        wire.remove_tree(box)
    with suppress(OSError):
        wire.send(line, answer)
        line.sendall(report)
    os._exit(0)


class Keeper:
    """Starts one box and stays until nothing of it is left."""

    def __init__(self, stage: Stage, line: socket.socket, box: str) -> None:
        self.stage, self.line, self.box = stage, line, box
        self.order = wire.receive(line)

    def run(self, streams: list[int]) -> tuple[dict[str, Any], bytes]:
        self.place()
        started, mark = os.pipe()
        start = time.monotonic()
        pid = self.start(streams, mark)
        for descriptor in (*streams, mark):
            os.close(descriptor)
        ended = self.watch(pid, start)
        status = self.end(pid)
        seconds = time.monotonic() - start
        answer = {"ended": ended, "status": status, "seconds": seconds, "started": bool(os.read(started, 1))}
        report = self.report()
        answer["report"] = None if report is None else len(report)
        return answer, report or b""

    def place(self) -> None:
        """Lay out the box's files: its copy of the project, /tmp, /dev/shm and the folder of the report."""
        order, stage = self.order, self.stage
        if stage.mounts:
            kernel.unshare(kernel.CLONE_NEWNS)
            mount_scratch(self.box, order["disk_bytes"], order["files"])
        else:
            Path(self.box).mkdir(mode=0o700)
        for name, mode in (("tmp", 0o1777), ("shm", 0o1777), ("report", 0o700)):
            Path(self.box, name).mkdir()
            Path(self.box, name).chmod(mode)
            if os.geteuid() == 0:
                os.chown(f"{self.box}/{name}", stage.uid, stage.gid)
        if order["project"] and stage.lower:
            if stage.overlay:
                mount_overlay(stage.lower, self.box)
            else:
                copy_project(stage, self.box)
        for path, size in order["overlay"]:
            self.lay(path, wire.read(self.line, size))

    def lay(self, path: str, data: bytes) -> None:
        """Put `data` at a path of the project copy; no link on the way is followed."""
        *folders, name = path.split("/")
        here = os.open(f"{self.box}/project", os.O_DIRECTORY | os.O_PATH | os.O_CLOEXEC)
        for folder in folders:
            here = self.enter(here, folder)
        before = self.unlocked(here, name)
        file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644, dir_fd=here)
        with os.fdopen(file, "wb") as stream:
            stream.write(data)
            if before is None:
                self.own(file)
        if before is not None:
            # A cached .pyc is valid if the source's second and size agree: never let them agree.
            second = max(int(time.time()), int(before.st_mtime) + 1)
            os.utime(name, (second, second), dir_fd=here, follow_symlinks=False)
            os.chmod(name, stat.S_IMODE(before.st_mode), dir_fd=here)
        os.close(here)

    def enter(self, here: int, folder: str) -> int:
        flags = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_PATH | os.O_CLOEXEC
        try:
            inner = os.open(folder, flags, dir_fd=here)
        except FileNotFoundError:
            os.mkdir(folder, 0o755, dir_fd=here)
            if os.geteuid() == 0:
                os.chown(folder, self.stage.uid, self.stage.gid, dir_fd=here, follow_symlinks=False)
            inner = os.open(folder, flags, dir_fd=here)
        os.close(here)
        return inner

    def unlocked(self, here: int, name: str) -> os.stat_result | None:
        """The file's state before; a file that its owner may not write is made writable in the copy."""
        try:
            before = os.stat(name, dir_fd=here, follow_symlinks=False)
        except FileNotFoundError:
            return None
        if not before.st_mode & stat.S_IWUSR and stat.S_ISREG(before.st_mode):
            mode = stat.S_IMODE(before.st_mode) | stat.S_IWUSR
            os.chmod(name, mode, dir_fd=here)
        return before

    def own(self, file: int) -> None:
        if os.geteuid() == 0:
            os.fchown(file, self.stage.uid, self.stage.gid)

    def start(self, streams: list[int], mark: int) -> int:
        data = [(target, self.memory_file(text.encode())) for target, text in self.order["data"]]
        argv = [part.replace(wire.BOX, self.box) for part in self.order["argv"]]
        at = argv.index(wire.DATA)
        argv[at : at + 1] = [part for target, file in data for part in ("--ro-bind-data", str(file), target)]
        if rules := seccomp.program():
            data.append(("", self.memory_file(rules)))
            argv[1:1] = ["--seccomp", str(data[-1][1])]
        else:
            argv[1:1] = ["--disable-userns"]
        pid = os.fork()
        if pid == 0:
            try:
                self.become_bwrap(argv, streams, mark)
            except OSError as error:
                os.write(2, os.fsencode(f"{error.filename or argv[0]}: {error.strerror}\n"))
            os._exit(126)
        for _, file in data:
            os.close(file)
        return pid

    def memory_file(self, data: bytes) -> int:
        file = os.memfd_create("box")
        os.write(file, data)
        os.lseek(file, 0, os.SEEK_SET)
        above = fcntl.fcntl(file, fcntl.F_DUPFD, MARK + 1)
        os.close(file)
        return above

    def become_bwrap(self, argv: list[str], streams: list[int], mark: int) -> NoReturn:
        """Descriptors first, then the uid, which clears the death signal, then bubblewrap."""
        above = [fcntl.fcntl(old, fcntl.F_DUPFD_CLOEXEC, MARK + 1) for old in (*streams, mark)]
        for descriptor, number in zip(above, (0, 1, 2, MARK), strict=True):
            os.dup2(descriptor, number)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        self.limit()
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(self.stage.gid)
            os.setuid(self.stage.uid)
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        os.umask(0o022)
        os.execve(argv[0], argv, {})  # noqa: S606

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
            _, hard = resource.getrlimit(which)
            bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (bound, bound))

    def watch(self, pid: int, start: float) -> str:
        """Wait for the end, whichever comes first; memory is looked at more often the less is left."""
        finished = os.pidfd_open(pid)
        events = select.poll()
        events.register(finished, select.POLLIN)
        events.register(self.line, select.POLLIN | select.POLLHUP)
        limit, used = self.order["memory_bytes"], 0
        end = math.inf if self.order["seconds"] is None else start + self.order["seconds"]
        while (left := end - time.monotonic()) > 0:
            ready = {number for number, _ in events.poll(1000 * min(next_look(limit - used), left))}
            if finished in ready:
                return "exited"
            if self.line.fileno() in ready:
                return "killed"
            if (used := memory_of(pid, limit)) > limit:
                return "memory"
        return "timeout"

    def end(self, pid: int) -> int:
        """Kill what is left of the box until there is no child; returns how bwrap ended."""
        status = 0
        while True:
            for child in children():
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
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


def children() -> list[int]:
    """Processes whose parent this one is."""
    me = os.getpid()
    return [int(pid) for pid in Path(f"/proc/{me}/task/{me}/children").read_text("ascii").split()]
