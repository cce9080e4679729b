"""Fetches the pinned tools into the user's cache by npm, with the user's own settings, and runs none of them.

They lie in a folder named after the digest of their lock file: another goldseam that pins other tools has
another folder. It appears whole, by a rename, or not at all; npm keeps what an earlier pull has fetched.
"""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from platformdirs import user_cache_path

from goldseam.core.errors import ToolMissing
from goldseam.core.source import sha256

PULL_SECONDS = 1200.0
COMMAND = "goldseam tools pull"
_MANIFEST, _LOCK = "package.json", "package-lock.json"
_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--loglevel=error")
_NETWORK = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT")


@dataclass(frozen=True, slots=True)
class Tool:
    """A pinned package."""

    name: str
    version: str


class Ended(Protocol):
    """How a command ended: its exit status (None: killed at its time limit) and what it printed."""

    @property
    def status(self) -> int | None: ...

    @property
    def output(self) -> bytes: ...


Run = Callable[[Sequence[str], Mapping[str, str], float, Path], Ended]
"""Runs a trusted command with an environment, for at most so many seconds, in a folder."""


def pinned() -> tuple[Tool, ...]:
    """The packages that are asked for by name, without what these need themselves."""
    wanted = json.loads(_packaged(_MANIFEST))["dependencies"]
    return tuple(Tool(name, version) for name, version in sorted(wanted.items()))


def tools_folder() -> Path:
    """Where tools are kept: `tools` in goldseam's folder of the user's cache."""
    return user_cache_path("goldseam") / "tools"


def place(folder: Path) -> Path:
    """Where the pinned tools lie below `folder`, or will."""
    return folder / sha256(_packaged(_MANIFEST) + _packaged(_LOCK))[:16]


def located(folder: Path) -> Path:
    """Where the pinned tools lie; raises `ToolMissing` if they were not pulled yet."""
    found = place(folder)
    if not found.is_dir():
        raise ToolMissing(f"the tools for JavaScript and TypeScript are not here yet: {COMMAND}")
    return found


def pull(folder: Path, run: Run, environ: Mapping[str, str]) -> Path:
    """Fetch the pinned tools below `folder`, if they are not there yet; raises `ToolMissing`."""
    target = place(folder)
    if target.is_dir():
        return target
    npm = shutil.which("npm", path=environ.get("PATH"))
    if npm is None or shutil.which("node", path=environ.get("PATH")) is None:
        raise ToolMissing("npm and node are needed and not on PATH: install Node.js 20 or later")
    staging = folder / f".{target.name}-{token_hex(4)}"
    try:
        staging.mkdir(parents=True)
        for name in (_MANIFEST, _LOCK):
            (staging / name).write_bytes(_packaged(name))
        _install(npm, staging, run, environ)
        _let_boxes_read(staging)
        with suppress(OSError):  # Another pull was there first: its folder is as good.
            staging.rename(target)
    except OSError as error:
        raise ToolMissing(
            f"{error.filename or folder}: {error.strerror}; the tools cannot be kept"
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return located(folder)


def _install(npm: str, staging: Path, run: Run, environ: Mapping[str, str]) -> None:
    ended = run([npm, *_ARGUMENTS], environ, PULL_SECONDS, staging)
    if ended.status == 0:
        return
    said = ended.output.decode("utf-8", "replace").strip()
    if ended.status is None:
        raise ToolMissing(f"npm did not end within {PULL_SECONDS / 60:.0f} minutes; run `{COMMAND}` again")
    if any(word in said for word in _NETWORK):
        raise ToolMissing(f"npm cannot reach its registry; look at `npm config get registry`: {_told(said)}")
    raise ToolMissing(f"npm ended with status {ended.status}: {_told(said)}")


def _told(said: str) -> str:
    """The lines of an error that say what is wrong."""
    lines = [line.removeprefix("npm error ").strip() for line in said.splitlines()]
    return "; ".join(line for line in lines if line and "complete log" not in line)[:600] or "no output"


def _let_boxes_read(folder: Path) -> None:
    """Whoever boxes run as may read, whatever the user's mask."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if path.is_dir() or mode & 0o100 else 0))


def _packaged(name: str) -> bytes:
    return files("goldseam.languages.tools").joinpath(name).read_bytes()
