"""What a command needs besides the project: interpreters and tools, found as the owner's shell finds them.

Bound read-only are exactly the prefixes of what lies on PATH outside the system's folders, never a home.
"""

import configparser
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SYSTEM = (Path("/usr"), Path("/bin"), Path("/sbin"), Path("/lib"), Path("/lib64"))
SYSTEM_PATH = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
STORES = (Path("/nix/store"), Path("/gnu/store"), Path("/snap"))


@dataclass(frozen=True, slots=True)
class Toolchain:
    """`binds` lie outside the system's folders, `path` is the box's PATH, `venv` the active environment,
    `user_base` where pip's `--user` installed."""

    binds: tuple[Path, ...]
    path: tuple[Path, ...]
    venv: Path | None = None
    user_base: Path | None = None


def find(project: Path | None, environ: Mapping[str, str], home: Path) -> Toolchain:
    """The active environment, else the project's; then PATH; goldseam's own interpreter comes last."""
    venv = _venv(project, environ)
    folders = [venv / "bin"] if venv else []
    folders += [Path(entry) for entry in environ.get("PATH", "").split(":") if entry.startswith("/")]
    folders += [Path(entry) for entry in SYSTEM_PATH]
    folders += [Path(sys.executable).parent]
    path = tuple(dict.fromkeys(folder for folder in folders if _is_folder(folder)))
    found = dict.fromkeys(bind for folder in path for bind in _needed(folder, home))
    outside = [bind for bind in found if not (project and bind.is_relative_to(project))]
    user_libraries = sorted((home / ".local" / "lib").glob("python3*"))
    binds = tuple(_outermost([*outside, *user_libraries]))
    return Toolchain(binds, path, venv, home / ".local" if user_libraries else None)


def mounted_below(project: Path, mount_info: str) -> tuple[Path, ...]:
    """Volumes inside a project, which an overlay does not show; `mount_info` as in `/proc/self/mountinfo`."""
    fields = (line.split(" ")[4] for line in mount_info.splitlines())
    points = (Path(field.replace("\\040", " ")) for field in fields)
    return tuple(sorted({point for point in points if point != project and point.is_relative_to(project)}))


def _venv(project: Path | None, environ: Mapping[str, str]) -> Path | None:
    active = environ.get("VIRTUAL_ENV")
    candidates = [Path(active)] if active else []
    candidates += [project / ".venv", project / "venv"] if project else []
    return next((venv for venv in candidates if (venv / "pyvenv.cfg").is_file()), None)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _needed(folder: Path, home: Path) -> Iterator[Path]:
    """What must be bound so that the programs of one PATH folder start."""
    if _is_system(folder):
        return
    yield from _installation(folder, home)
    for link in _links(folder):
        target = link.resolve()
        if not _is_system(target) and target.exists() and not target.is_relative_to(folder):
            yield from _installation(target.parent, home, else_only=target)


def _installation(folder: Path, home: Path, else_only: Path | None = None) -> Iterator[Path]:
    """The installation that `folder` belongs to, with what it was made from."""
    prefix = _prefix(folder, home)
    yield prefix or else_only or folder
    if prefix and (config := prefix / "pyvenv.cfg").is_file():
        yield from _base(config, home)


def _prefix(folder: Path, home: Path) -> Path | None:
    """The installation that `folder` is the `bin` of, if it looks like one and holds nobody's home."""
    prefix = folder.parent
    if prefix == prefix.parent or home.is_relative_to(prefix) or prefix == home / ".local":
        return None
    if folder.name == "shims" and (prefix / "versions").is_dir():
        return prefix
    if folder.name not in ("bin", "sbin"):
        return None
    marks = (prefix / "pyvenv.cfg", prefix / "lib" / "node_modules", prefix / "include" / "node")
    pythons = (prefix / "lib").glob("python[23]*/os.py")
    is_installation = any(mark.exists() for mark in marks) or next(pythons, None) is not None
    return prefix if is_installation or prefix.parent == Path("/opt") else None


def _base(config: Path, home: Path) -> Iterator[Path]:
    """The installation that a virtual environment was made from, by each of its names."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string("[venv]\n" + config.read_text("utf-8", "replace"))
    if not (named := parser.get("venv", "home", fallback="")):
        return
    for folder in dict.fromkeys((Path(named), Path(named).resolve())):
        if not _is_system(folder) and folder.is_dir():
            yield _prefix(folder, home) or folder


def _links(folder: Path) -> list[Path]:
    try:
        return [Path(entry.path) for entry in os.scandir(folder) if entry.is_symlink()]
    except OSError:
        return []


def _is_system(path: Path) -> bool:
    return any(path.is_relative_to(root) for root in (*SYSTEM, *STORES))


def _outermost(paths: Iterable[Path]) -> Iterator[Path]:
    """Without those that lie below another one."""
    kept: list[Path] = []
    for path in sorted(paths):
        if not any(path.is_relative_to(above) for above in kept):
            kept.append(path)
            yield path
