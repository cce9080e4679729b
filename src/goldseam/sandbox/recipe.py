"""The bubblewrap recipe: what a box sees, in the order in which bubblewrap builds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from goldseam.sandbox import wire
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.toolchain import STORES, SYSTEM, Toolchain

HOME = "/tmp/home"  # noqa: S108 - the box's own
PRIVATE = "/run/goldseam"
MARKED_SHELL = 'echo >&9 && exec "$@" 9>&-'
"""Runs the command after telling the keeper that everything before it worked."""

HIDDEN = (".goldseam", ".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".netrc", ".pypirc")
"""Never seen in a box, even where the project is somebody's home."""

FROM_ETC = (
    "alternatives",
    "ca-certificates",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "nsswitch.conf",
    "php",
    "pki",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
)

ISOLATION = (
    "--unshare-user",
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-uts",
    "--unshare-net",
    "--unshare-cgroup-try",
    "--disable-userns",
    "--die-with-parent",
    "--new-session",
    "--cap-drop",
    "ALL",
    "--clearenv",
    "--hostname",
    "box",
)


def arguments(
    bwrap: str,
    command: Sequence[str],
    *,
    limits: Limits,
    binds: Mapping[str, str],
    project: Path | None,
    lower: str | None,
    environment: Mapping[str, str],
    report_folder: str,
) -> list[str]:
    """The whole command line; `binds` maps what is read-only in the box to where the launcher staged it."""
    parts: list[str] = [bwrap, *ISOLATION, *_system(), wire.DATA]
    parts += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys"]
    parts += ["--dev", "/dev", "--bind", f"{wire.BOX}/shm", "/dev/shm", "--remount-ro", "/dev"]  # noqa: S108
    parts += ["--bind", f"{wire.BOX}/tmp", "/tmp", "--dir", HOME]  # noqa: S108
    above, below = _split(binds, project)
    parts += _read_only(above)
    if project and lower:
        parts += ["--bind", f"{wire.BOX}/project", str(project), *_read_only(below)]
        parts += [*_hidden(project, lower), "--chdir", str(project)]
    else:
        parts += ["--chdir", HOME]
    parts += ["--bind", f"{wire.BOX}/report", report_folder, "--remount-ro", "/"]
    for name, value in environment.items():
        parts += ["--setenv", name, value]
    return [*parts, "--", *_limited(limits), "/bin/sh", "-c", MARKED_SHELL, "sh", *command]


def _system() -> Iterator[str]:
    for folder in SYSTEM:
        if folder.is_symlink():
            yield from ("--symlink", str(folder.readlink()), str(folder))
        elif folder.is_dir():
            yield from ("--ro-bind", str(folder), str(folder))
    for store in STORES:
        if store.is_dir():
            yield from ("--ro-bind", str(store), str(store))
    for name in FROM_ETC:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


def _split(binds: Mapping[str, str], project: Path | None) -> tuple[dict[str, str], dict[str, str]]:
    """Binds outside the project, which come before it, and those inside, which come after."""
    below = {path: staged for path, staged in binds.items() if project and Path(path).is_relative_to(project)}
    return {path: staged for path, staged in binds.items() if path not in below}, below


def _read_only(binds: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(binds):
        yield from ("--ro-bind", binds[path], path)


def _hidden(project: Path, lower: str) -> Iterator[str]:
    for name in HIDDEN:
        path = project / name
        if path.is_dir():
            yield from ("--tmpfs", str(path), "--remount-ro", str(path))
        elif path.is_file():
            yield from ("--ro-bind", "/dev/null", str(path))
    if (project / ".git").is_dir():
        yield from ("--ro-bind-try", f"{lower}/.git", str(project / ".git"))


def _limited(limits: Limits) -> Iterator[str]:
    """Set inside, where processes are counted for this box alone. Data is a coarse net under the watchdog:
    threads' stacks count as data though nobody touches them."""
    yield "/usr/bin/prlimit"
    yield f"--nproc={limits.processes}"
    yield f"--nofile={limits.open_files}"
    yield f"--fsize={limits.disk_bytes + 4096}"
    yield f"--data={2 * limits.memory_bytes}"
    yield "--core=0"


def accounts(uid: int, gid: int) -> list[tuple[str, str]]:
    """The files of `/etc` that are written for the box, not the host's."""
    passwd = f"root:x:0:0:root:/root:/bin/sh\nbox:x:{uid}:{gid}:box:{HOME}:/bin/sh\n"
    nobody = "nobody:x:65534:65534:nobody:/nonexistent:/bin/false\n"
    return [
        ("/etc/passwd", passwd + nobody),
        ("/etc/group", f"root:x:0:\nbox:x:{gid}:\nnogroup:x:65534:\n"),
        ("/etc/hosts", "127.0.0.1 localhost box\n::1 localhost\n"),
    ]


def variables(toolchain: Toolchain) -> dict[str, str]:
    """The few that every box has."""
    few = {
        "PATH": ":".join(map(str, toolchain.path)),
        "HOME": HOME,
        "USER": "box",
        "LOGNAME": "box",
        "SHELL": "/bin/sh",
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",  # noqa: S108
    }
    if toolchain.venv:
        few["VIRTUAL_ENV"] = str(toolchain.venv)
    if toolchain.user_base:
        few["PYTHONUSERBASE"] = str(toolchain.user_base)
    return few


def existing(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths if path.exists()]
