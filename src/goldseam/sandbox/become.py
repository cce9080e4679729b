"""In the child of a keeper: the last steps before a program that is not trusted takes over the process."""

import fcntl
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from goldseam.sandbox import kernel, landlock, seccomp, wire
from goldseam.sandbox.stage import Stage

MARK = 9
"""The descriptor on which a box says that its command is about to start."""


def bubblewrap_words(order: dict[str, Any], box: str) -> tuple[list[str], list[int]]:
    """bubblewrap's command line, and the files in memory that it names."""
    argv = [part.replace(wire.BOX, box) for part in order["argv"]]
    data = [(target, memory_file(text.encode())) for target, text in order["data"]]
    files = [file for _, file in data]
    at = argv.index(wire.DATA)
    argv[at : at + 1] = [part for target, file in data for part in ("--ro-bind-data", str(file), target)]
    if rules := seccomp.program():
        files.append(memory_file(rules))
        argv[1:1] = ["--seccomp", str(files[-1])]
    else:
        argv[1:1] = ["--disable-userns"]
    return argv, files


def memory_file(data: bytes) -> int:
    file = os.memfd_create("box")
    os.write(file, data)
    os.lseek(file, 0, os.SEEK_SET)
    above = fcntl.fcntl(file, fcntl.F_DUPFD, MARK + 1)
    os.close(file)
    return above


def take_streams(streams: list[int], mark: int) -> None:
    above = [fcntl.fcntl(old, fcntl.F_DUPFD_CLOEXEC, MARK + 1) for old in (*streams, mark)]
    for descriptor, number in zip(above, (0, 1, 2, MARK), strict=True):
        os.dup2(descriptor, number)


def bound(which: int, value: int) -> None:
    """Set a limit, never above the one that holds already."""
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def bubblewrap(stage: Stage, argv: list[str]) -> NoReturn:
    """The uid first, which clears the death signal; bubblewrap does the rest."""
    _drop(stage)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.umask(0o022)
    os.execve(argv[0], argv, {})  # noqa: S606


def confined(stage: Stage, order: dict[str, Any], box: str, argv: list[str]) -> NoReturn:
    """The levels without bubblewrap: the walls are built around this very process."""
    environment = {name: value.replace(wire.BOX, box) for name, value in order["environment"].items()}
    os.setsid()
    os.umask(0o022)
    bound(resource.RLIMIT_NPROC, order["processes"] + _tasks_of(stage.uid))
    own_uid = _drop(stage)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.chdir(f"{box}/project" if order["project"] else f"{box}/home")
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    if stage.level == "landlock":
        landlock.restrict(
            reads=(*stage.sources.values(), f"{box}/worker", f"{box}/programs"), writes=_writable(box)
        )
        seccomp.install(seccomp.program(alone=True, own_uid=own_uid))
    os.execve(argv[0], argv, environment)  # noqa: S606


def _drop(stage: Stage) -> bool:
    """Become the box's user; whether that is another one than goldseam's."""
    if os.geteuid() != 0:
        return False
    os.setgroups([])
    os.setgid(stage.gid)
    os.setuid(stage.uid)
    return True


def _writable(box: str) -> tuple[str, ...]:
    return tuple(f"{box}/{name}" for name in ("project", "tmp", "home", "report"))


def _tasks_of(uid: int) -> int:
    """Threads of all processes of a user, which the kernel's limit counts with the box's."""
    count = 0
    for entry in os.scandir("/proc"):
        with suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                count += len(list(Path(entry.path, "task").iterdir()))
    return count
