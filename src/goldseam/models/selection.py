"""Which models are asked: the configuration's chain, or what the command line names."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goldseam.config import Config, ModelEntry
from goldseam.core.errors import ConfigurationError
from goldseam.models.provider import provider_names


@dataclass(frozen=True, slots=True)
class Named:
    """A model entry and the name that messages use for it."""

    name: str
    entry: ModelEntry


def chain_from(config: Config, text: str | None = None) -> tuple[Named, ...]:
    """The entries that `text` (as of `--model`) or else `models.chain` names, in order.

    Each item is the name of an entry, `provider:model`, or the path of a `.gguf` file.
    """
    items = config.models.chain if text is None else tuple(part.strip() for part in text.split(","))
    named = tuple(_named(config, item) for item in items if item)
    if not named:
        raise ConfigurationError("--model: expected names of models, as `local` or `work,local`")
    return named


def _named(config: Config, item: str) -> Named:
    if item in config.models.entries:
        entry = config.models.entries[item]
        if entry.provider not in provider_names():
            raise ConfigurationError(
                _unknown(f"models.entries.{item}.provider", entry.provider, provider_names())
            )
        return Named(item, entry)
    if item.endswith(".gguf"):
        return Named(Path(item).stem, ModelEntry(provider="local", path=Path(item)))
    provider, _, model = item.partition(":")
    if model and provider in provider_names():
        known = config.models.entries.get(provider) or ModelEntry(provider=provider)
        return Named(item, known.model_copy(update={"model": model}))
    valid = (*config.models.entries, *(f"{name}:MODEL" for name in provider_names()))
    raise ConfigurationError(_unknown("model", item, valid))


def _unknown(key: str, value: str, valid: Sequence[str]) -> str:
    nearest = difflib.get_close_matches(value, valid, n=1, cutoff=0.0)[0]
    return f"{key}: nothing is called {value!r}; did you mean {nearest!r}? (there are {', '.join(valid)})"
