"""A loaded configuration, where its values come from, and what the project's files loosen.

`goldseam.toml` and `pyproject.toml` may come from a stranger's repository: a setting of theirs that widens
what goldseam or a box may do is told, never followed in silence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from goldseam.config.settings import Config

GOLDSEAM_TOML = "goldseam.toml"
PYPROJECT = "pyproject.toml"

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration and the origin of each key that is not a default.

    `origins` maps `limits.seconds` to `goldseam.toml`, `pyproject.toml` or a variable's name.
    """

    config: Config
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def loosened(self) -> tuple[str, ...]:
        """Sentences on settings of the project's files that widen what goldseam or a box may do."""
        return tuple(_loosened(self))


def _loosened(loaded: Loaded) -> Iterator[str]:
    for key, origin in loaded.origins.items():
        if origin not in {GOLDSEAM_TOML, PYPROJECT}:
            continue
        if key in {"sandbox.extra_read_only", "sandbox.uid", "sandbox.allow"}:
            yield f"{origin}: {key} changes what boxed commands may reach"
        if key == "sandbox.level" and loaded.config.sandbox.level == "plain":
            yield f"{origin}: {key} turns isolation off"
        if key.startswith("models.entries."):
            yield from _loosened_entry(loaded.config, key, origin)


def _loosened_entry(config: Config, key: str, origin: str) -> Iterator[str]:
    _, _, name, leaf = key.split(".")
    entry = config.models.entries[name]
    if leaf == "base_url" and entry.base_url and urlsplit(entry.base_url).hostname not in _LOOPBACK:
        yield f"{origin}: {key} sends code to {urlsplit(entry.base_url).hostname}"
    if leaf == "api_key_env" and entry.base_url:
        yield f"{origin}: {key} sends the value of {entry.api_key_env} to {urlsplit(entry.base_url).hostname}"
    if leaf == "path":
        yield f"{origin}: {key} loads a model file named by the project"
