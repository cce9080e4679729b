"""The bubblewrap recipe: what a box sees, in the order in which bubblewrap builds it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from goldseam.sandbox import wire
from goldseam.sandbox.etc import HOME
from goldseam.sandbox.limits import Limits
from goldseam.sandbox.stage import HIDDEN
from goldseam.sandbox.toolchain import STORES, SYSTEM, Toolchain

PRIVATE = "/run/goldseam"
TELL = "echo >&9; exec 9>&-\n"
START = "ulimit -p {processes} 2>/dev/null || ulimit -u {processes} || exit 126; " + TELL
"""First line of a box's shell. Processes are counted here, inside, where they are this box's alone (dash
calls it -p, bash -u); then the keeper is told that everything before the command worked."""

ISOLATION = (
    "--unshare-user",
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-uts",
    "--unshare-cgroup-try",
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
    script: str,
    words: Sequence[str] = (),
    *,
    limits: Limits,
    etc: str,
    binds: Mapping[str, str],
    project: Path | None,
    lower: str | None,
    environment: Mapping[str, str],
    report_folder: str,
    network: bool = False,
) -> list[str]:
    """The whole command line: the shell script `script` with `words` as its arguments.

    `binds` maps what is read-only in the box to where the launcher staged it, `etc` is its `/etc`. With
    `network` the box gets the network of its keeper.
    """
    own_network = () if network else ("--unshare-net",)
    parts: list[str] = [bwrap, *ISOLATION, *own_network, *_system(), "--ro-bind", etc, "/etc", wire.DATA]
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
    start = START.format(processes=limits.processes)
    return [*parts, "--", "/bin/sh", "-c", start + script, "sh", *words]


def _system() -> Iterator[str]:
    for folder in SYSTEM:
        if folder.is_symlink():
            yield from ("--symlink", str(folder.readlink()), str(folder))
        elif folder.is_dir():
            yield from ("--ro-bind", str(folder), str(folder))
    for store in STORES:
        if store.is_dir():
            yield from ("--ro-bind", str(store), str(store))


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
        "PYTHONDONTWRITEBYTECODE": "1",  # else a run would write beside the sources of a candidate
    }
    if toolchain.venv:
        few["VIRTUAL_ENV"] = str(toolchain.venv)
    if toolchain.user_base:
        few["PYTHONUSERBASE"] = str(toolchain.user_base)
    return few


def existing(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths if path.exists()]
