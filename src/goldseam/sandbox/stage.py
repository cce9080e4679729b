"""Where boxes get their files from: mounts that exist in the launcher's own mount namespace alone.

Nothing of it is ever visible on the host, and nothing is left when the launcher ends, however it ends.
"""

import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from goldseam.sandbox import kernel
from goldseam.sandbox.etc import FROM_HOST, write_etc
from goldseam.sandbox.toolchain import STORES, SYSTEM

PLACES = ("/sys", "/mnt", "/media", "/srv")
"""Folders that a private tmpfs may hide: the box needs none of them."""

HIDDEN = (".goldseam", ".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".netrc", ".pypirc")
"""Never seen in a box, even where the project is somebody's home."""

NOT_COPIED = (".git", *HIDDEN)
BOUND = (".venv", "venv", "node_modules", "vendor")
"""Dependencies, which a real copy of a project binds read-only instead."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the launcher prepared once for boxes of one level.

    `mounts` is false where the kernel grants no private mounts, then `root` is a folder on disk. `lower`
    is the project as the box's uid may read it; `overlay` says that the copy of a box costs nothing.
    """

    level: str
    root: str
    mounts: bool
    uid: int
    gid: int
    lower: str | None
    overlay: bool
    etc: str
    sources: dict[str, str]
    bound: tuple[str, ...]
    detail: str


def prepare(level: str, project: str | None, tools: Sequence[str], uid: int, gid: int) -> Stage:
    """Bind toolchain and project where the box's uid can reach them, or find out what it may read."""
    if level != "bubblewrap":
        return _unmounted(level, project, tools, uid, gid)
    if not (refused := enter_namespaces()):
        return _staged(project, tools, uid, gid)
    if os.geteuid() == 0:
        raise PermissionError(
            f"root without the right to mount here ({refused}); run goldseam as an ordinary user"
        )
    root = tempfile.mkdtemp(prefix=".goldseam-box-")
    write_etc(Path(root, "etc"), uid, gid)
    bound = present(project)
    sources = {path: path for path in (*_within(project, bound), *tools)}
    detail = f"the project is copied for each run and disk is watched only: {refused}"
    return Stage(level, root, False, uid, gid, project, False, f"{root}/etc", sources, bound, detail)


def _unmounted(level: str, project: str | None, tools: Sequence[str], uid: int, gid: int) -> Stage:
    """For the levels that mount nothing: a folder on disk, and everything else where it is."""
    root = tempfile.mkdtemp(prefix=".goldseam-box-")
    Path(root).chmod(0o711 if os.geteuid() == 0 else 0o700)
    bound = present(project)
    system = [str(path) for path in (*SYSTEM, *STORES)]
    facts = [f"/etc/{name}" for name in (*FROM_HOST, "passwd", "group", "hosts")]
    sources = {path: path for path in (*system, *facts, *_within(project, bound), *tools)}
    detail = "the project is copied for each run, disk is watched only, and there is no private /tmp"
    return Stage(level, root, False, uid, gid, project, False, "/etc", sources, bound, detail)


def _within(project: str | None, names: Iterable[str]) -> list[str]:
    return [f"{project}/{name}" for name in names]


def enter_namespaces() -> str:
    """An own mount namespace, an ordinary user's in an own user namespace; the reason if refused."""
    uid, gid = os.geteuid(), os.getegid()
    try:
        kernel.unshare(kernel.CLONE_NEWNS | (kernel.CLONE_NEWUSER if uid else 0))
        if uid:
            _write("/proc/self/setgroups", "deny")
            _write("/proc/self/uid_map", f"{uid} {uid} 1")
            _write("/proc/self/gid_map", f"{gid} {gid} 1")
        kernel.mount("", "/", flags=kernel.MS_REC | kernel.MS_SLAVE)
    except OSError as error:
        return f"{error.filename}: {error.strerror}"
    return ""


def _staged(project: str | None, tools: Sequence[str], uid: int, gid: int) -> Stage:
    root = free_place([*tools, project] if project else tools)
    kernel.mount("tmpfs", root, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=0755,size=64m")
    etc = f"{root}/etc"
    write_etc(Path(etc), uid, gid)
    sources = {
        tool: _reachable(tool, f"{root}/tool-{number}", uid, gid)[0] for number, tool in enumerate(tools)
    }
    if project is None:
        return Stage("bubblewrap", root, True, uid, gid, None, False, etc, sources, (), "")
    lower, readable = _reachable(project, f"{root}/lower", uid, gid)
    refused = readable or _overlay_refused(root, lower)
    bound = present(project) if refused else ()
    for name in bound:
        sources[f"{project}/{name}"] = _reachable(f"{project}/{name}", f"{root}/bound-{name}", uid, gid)[0]
    detail = f"the project is copied for each run: {refused}" if refused else ""
    return Stage("bubblewrap", root, True, uid, gid, lower, not refused, etc, sources, bound, detail)


def free_place(needed: Iterable[str]) -> str:
    """The first of `PLACES` that hides nothing the box needs."""
    needed = list(needed)
    for place in PLACES:
        if Path(place).is_dir() and not any(path == place or path.startswith(place + "/") for path in needed):
            return place
    raise FileNotFoundError(f"none of {', '.join(PLACES)} is free to mount on")


def present(project: str | None) -> tuple[str, ...]:
    return tuple(name for name in BOUND if project and Path(project, name).is_dir())


def _reachable(source: str, target: str, uid: int, gid: int) -> tuple[str, str]:
    """Bind `source` at `target`; the second value says why its owner could not be shown as the box's uid."""
    _mount_point(source, target)
    owner = Path(source).stat()
    if os.geteuid() != 0 or (owner.st_uid, owner.st_gid) == (uid, gid):
        kernel.mount(source, target, flags=kernel.MS_BIND | kernel.MS_REC)
        return target, ""
    id_map = _owner_shown_as(owner.st_uid, owner.st_gid, uid, gid)
    try:
        kernel.mount_as_owner(source, target, id_map)
    except OSError as error:
        kernel.mount(source, target, flags=kernel.MS_BIND | kernel.MS_REC)
        return target, f"{error.filename}: {error.strerror}"
    finally:
        os.close(id_map)
    return target, ""


def _mount_point(source: str, target: str) -> None:
    if Path(source).is_dir():
        Path(target).mkdir(0o755)
    else:
        Path(target).touch(0o644)


def _owner_shown_as(owner: int, group: int, uid: int, gid: int) -> int:
    """A user namespace that shows `owner` as `uid`, `group` as `gid`, and everybody else as themselves."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        kernel.unshare(kernel.CLONE_NEWUSER)
        os.write(write_end, b"1")
        signal.pause()
    try:
        os.read(read_end, 1)
        _write(f"/proc/{child}/uid_map", id_lines(owner, uid))
        _write(f"/proc/{child}/gid_map", id_lines(group, gid))
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        os.close(read_end)
        os.close(write_end)


def id_lines(owner: int, shown: int) -> str:
    """A uid_map: `owner` on disk is `shown`, `shown` on disk is nobody, other ids are themselves."""
    lines, start = [f"{owner} {shown} 1"], 0
    for end in (*sorted({owner, shown}), 2**32 - 1):
        if end > start:
            lines.append(f"{start} {start} {end - start}")
        start = end + 1
    return "\n".join(lines)


def _overlay_refused(root: str, lower: str) -> str:
    """Why an overlay cannot be mounted over `lower`; tried in a process of its own."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            kernel.unshare(kernel.CLONE_NEWNS)
            box = f"{root}/trial"
            mount_scratch(box, 1 << 20, 100)
            mount_overlay(lower, box)
        except OSError as error:
            os.write(write_end, os.fsencode(f"{error.filename}: {error.strerror}"))
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8", errors="replace") as answer:
        refused = answer.read()
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
    return refused


def mount_scratch(box: str, size: int, files: int) -> None:
    """A tmpfs of bounded size at `box`: all that its box may write."""
    Path(box).mkdir(exist_ok=True)
    options = f"mode=0755,size={size},nr_inodes={files}"
    kernel.mount("tmpfs", box, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, options)


def mount_overlay(lower: str, box: str) -> None:
    """`box`/project: the folder `lower`, with what is written kept in `box`."""
    top = Path(lower).stat()
    for name in ("upper", "work", "project"):
        Path(box, name).mkdir()
    Path(box, "upper").chmod(stat.S_IMODE(top.st_mode))
    if os.geteuid() == 0:
        os.chown(f"{box}/upper", top.st_uid, top.st_gid)
    options = f"lowerdir={lower},upperdir={box}/upper,workdir={box}/work"
    options += "" if os.geteuid() == 0 else ",userxattr"
    kernel.mount("overlay", f"{box}/project", "overlay", kernel.MS_NOSUID | kernel.MS_NODEV, options)


def copy_project(stage: Stage, box: str) -> None:
    """`box`/project: a real copy, for where there is no overlay."""
    assert stage.lower is not None
    left_out = {*NOT_COPIED, *stage.bound}

    def ignore(folder: str, names: list[str]) -> list[str]:
        return [
            name
            for name in names
            if (folder == stage.lower and name in left_out) or _is_special(f"{folder}/{name}")
        ]

    shutil.copytree(stage.lower, f"{box}/project", symlinks=True, ignore=ignore)
    for name in stage.bound:
        if stage.level == "bubblewrap":
            Path(box, "project", name).mkdir()
        else:
            Path(box, "project", name).symlink_to(f"{stage.lower}/{name}")
    if os.geteuid() == 0:
        give(f"{box}/project", stage.uid, stage.gid)


def _is_special(path: str) -> bool:
    mode = Path(path).lstat().st_mode
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def give(top: str, uid: int, gid: int) -> None:
    """Make `uid` the owner of a whole tree."""
    os.lchown(top, uid, gid)
    for folder, folders, files in os.walk(top):
        for name in (*folders, *files):
            os.lchown(f"{folder}/{name}", uid, gid)


def _write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="ascii")
