"""A commented `goldseam.toml`, written from the settings themselves, so that it cannot lag behind them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from goldseam.config.settings import Config, ModelEntry

_HEAD = """\
# Settings of this project for goldseam. Each line shows a default; remove its # to change it.
# An environment variable wins over this file: GOLDSEAM_LIMITS__SECONDS=60
# `goldseam config check` finds mistakes, `goldseam config show` tells where a value comes from.
"""


def template() -> str:
    """Every setting with what it is for and its default, all commented out: it changes nothing."""
    return "\n".join([_HEAD, *_tables()])


def toml_value(value: Any) -> str:
    """A setting's value as TOML writes it."""
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    if isinstance(value, Path):
        return json.dumps(str(value))
    return json.dumps(value)


def _tables() -> Iterator[str]:
    for name, info in Config.model_fields.items():
        table = info.annotation
        assert isinstance(table, type)
        assert issubclass(table, BaseModel)
        yield f"# {_sentence(table)}\n[{name}]\n" + "\n".join(_lines(table))
        if name == "models":
            yield f"# {_sentence(ModelEntry)}\n# [models.entries.work]\n" + "\n".join(_lines(ModelEntry))


def _lines(table: type[BaseModel]) -> Iterator[str]:
    for name, info in table.model_fields.items():
        if name != "entries":
            yield f"# {info.description}\n# {name} = {toml_value(_shown(info))}\n"


def _shown(info: FieldInfo) -> Any:
    return info.examples[0] if info.examples else info.default


def _sentence(table: type[BaseModel]) -> str:
    return " ".join((table.__doc__ or "").split())
