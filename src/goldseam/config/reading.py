"""Reads files and environment into a `Config`, and tells every mistake in one sentence that quotes no value.

Each source is judged alone, so that a sentence can name it; then they are merged, the later over the earlier.
"""

import difflib
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsError

from goldseam.config.loaded import GOLDSEAM_TOML, PYPROJECT, Loaded
from goldseam.config.settings import PREFIX, Config, keys
from goldseam.core.errors import ConfigurationError

ENVIRONMENT = "environment"
PROJECT_MARKERS = (GOLDSEAM_TOML, PYPROJECT, "package.json", "composer.json", ".git")

_LITERAL_KEYS = frozenset({"api_key", "apikey", "key", "token", "secret", "password", "api_token"})


def project_root(start: Path) -> Path:
    """The nearest folder upwards that marks a project, else `start` (or its folder, if it is a file)."""
    start = start.absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if any((candidate / marker).exists() for marker in PROJECT_MARKERS):
            return candidate
    return folder


def load(root: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in force under `root`; raises `ConfigurationError` on the first problem."""
    return load_with_origins(root, environ).config


def load_with_origins(root: Path, environ: Mapping[str, str] = os.environ) -> Loaded:
    """As `load`, with the origin of each value."""
    sources, found = _read(root, environ)
    if found:
        more = f" (and {len(found) - 1} more: goldseam config check)" if len(found) > 1 else ""
        raise ConfigurationError(found[0] + more)
    return _merged(sources, root)


def problems(root: Path, environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Everything that is wrong with files and environment, one sentence each."""
    return tuple(_read(root, environ)[1])


@dataclass(frozen=True, slots=True)
class _Source:
    origin: str
    data: Mapping[str, Any]

    def shown(self, path: tuple[str, ...]) -> str:
        if self.origin == ENVIRONMENT:
            return PREFIX + "__".join(path).upper()
        return ".".join(path)


def _read(root: Path, environ: Mapping[str, str]) -> tuple[list[_Source], list[str]]:
    sources: list[_Source] = []
    found: list[str] = []
    for origin in (PYPROJECT, GOLDSEAM_TOML, ENVIRONMENT):
        try:
            source = _Source(origin, _data(root, origin, environ))
        except ConfigurationError as error:
            found.append(str(error))
            continue
        sources.append(source)
        found += _wrong(source)
    if ENVIRONMENT in {source.origin for source in sources}:
        found += _unknown_variables(environ, sources)
    return sources, found


def _data(root: Path, origin: str, environ: Mapping[str, str]) -> Mapping[str, Any]:
    if origin == ENVIRONMENT:
        return _environment(environ)
    data = _toml(root / origin)
    if origin == GOLDSEAM_TOML:
        return data
    tool = data.get("tool", {})
    table = tool.get("goldseam", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(f"{PYPROJECT}: tool.goldseam: expected a table")
    return table


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ConfigurationError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path.name}: not valid TOML: {_without_values(str(error))}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: nested too deep, or a number too long to read") from error


def _without_values(message: str) -> str:
    return re.sub(r"'[^']{2,}'", "a value", message)


def _environment(environ: Mapping[str, str]) -> Mapping[str, Any]:
    ours = {name.lower(): value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    if not ours:
        return {}
    source = EnvSettingsSource(Config)
    source.env_vars = ours
    try:
        return source()
    except SettingsError as error:
        name = next(
            (PREFIX + table.upper() for table in Config.model_fields if f'"{table}"' in str(error)), PREFIX
        )
        raise ConfigurationError(f"{ENVIRONMENT}: {name}: expected a table as JSON") from error


def _wrong(source: _Source) -> Iterator[str]:
    for name, value in source.data.items():
        info = Config.model_fields.get(name)
        if info is None:
            yield _unknown(source, (name,))
            continue
        table = info.annotation
        assert isinstance(table, type)
        assert issubclass(table, BaseModel)
        try:
            if source.origin == ENVIRONMENT:
                table.model_validate(value)
            else:
                table.model_validate_json(json.dumps(value, default=str), strict=True)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False, include_context=False):
                yield _sentence(source, (name, *map(str, detail["loc"])), detail["type"], detail["msg"])


def _sentence(source: _Source, path: tuple[str, ...], kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return _unknown(source, path)
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        message = "expected a table"
    if kind in {"tuple_type", "list_type"}:
        message = "expected an array"
    if kind == "too_short":
        message = "expected at least one item"
    message = message.removeprefix("Value error, ").replace("Input should be ", "expected ")
    message = message.partition(", unable to parse")[0]
    return f"{source.origin}: {source.shown(path)}: {message}"


def _unknown(source: _Source, path: tuple[str, ...]) -> str:
    if path[-1].lower() in _LITERAL_KEYS:
        return (
            f"{source.origin}: {source.shown(path)}: keys are never configured here; "
            "export the key as a variable of its own and name that in api_key_env"
        )
    nearest = source.shown(_nearest(path))
    return f"{source.origin}: unknown key {source.shown(path)}; did you mean {nearest}?"


def _nearest(path: tuple[str, ...]) -> tuple[str, ...]:
    valid = [tuple(key.split(".")) for key in keys()] + [(table,) for table in Config.model_fields]
    beside = [key for key in valid if len(key) == len(path) and _same_table(key[:-1], path[:-1])]
    close = difflib.get_close_matches(path[-1], [key[-1] for key in beside], n=1)
    if close:
        return (*path[:-1], close[0])
    elsewhere = [key for key in valid if key[-1] == path[-1]]
    if elsewhere:
        return elsewhere[0]
    return _closest(path, beside or valid)


def _same_table(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    return all(a in {"NAME", b} for a, b in zip(left, right, strict=True))


def _closest(path: tuple[str, ...], valid: list[tuple[str, ...]]) -> tuple[str, ...]:
    texts = {".".join(key): key for key in valid}
    return texts[difflib.get_close_matches(".".join(path), texts, n=1, cutoff=0.0)[0]]


def _unknown_variables(environ: Mapping[str, str], sources: list[_Source]) -> Iterator[str]:
    named = {
        str(value) for source in sources for key, value in _leaves(source.data) if key[-1] == "api_key_env"
    }
    known = [PREFIX + key.replace(".", "__").upper() for key in keys()]
    for name in sorted(name for name in environ if name.startswith(PREFIX)):
        table = name[len(PREFIX) :].partition("__")[0].lower()
        if table in Config.model_fields or name in named:
            continue
        nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        yield f"{ENVIRONMENT}: unknown variable {name}; did you mean {nearest}?"


def _leaves(data: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _merged(sources: list[_Source], root: Path) -> Loaded:
    merged: dict[str, Any] = {"models": {"entries": {"local": {"provider": "local"}}}}
    origins: dict[str, str] = {}
    for source in sources:
        for path, value in _leaves(source.data):
            table = merged
            for name in path[:-1]:
                table = table.setdefault(name, {})
            if isinstance(value, Mapping):
                table.setdefault(path[-1], {})
                continue
            table[path[-1]] = value
            variable = source.origin == ENVIRONMENT
            origins[".".join(path)] = source.shown(path) if variable else source.origin
    for name, entry in merged["models"]["entries"].items():
        _complete_entry(name, entry, root)
    return Loaded(Config(**merged), MappingProxyType(origins))


def _complete_entry(name: str, entry: dict[str, Any], root: Path) -> None:
    entry["provider"] = entry.get("provider") or name
    if entry.get("path"):
        entry["path"] = root / Path(entry["path"]).expanduser()
