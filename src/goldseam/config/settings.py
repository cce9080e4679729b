"""The tables of the configuration: names, types, bounds, defaults and what each is for."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from goldseam.core.loopback import parse_address

PREFIX = "GOLDSEAM_"

_VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def _list_from_text(value: object, info: ValidationInfo) -> object:
    """Environment variables hold lists as `a, b` or as JSON; files hold arrays."""
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, str) or info.mode == "json":
        return value
    if not value.lstrip().startswith("["):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    try:
        return tuple(json.loads(value))
    except json.JSONDecodeError:
        raise ValueError("expected a list, as `a, b` or as JSON") from None


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("expected a path of a user who is known here") from None


Texts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list_from_text)]
Paths = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_list_from_text)]
Seconds = Annotated[float, Field(gt=0, le=604_800)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Table):
    """What one repair may spend, and what one command in the sandbox may use."""

    attempts: int = Field(
        default=12,
        ge=1,
        le=10_000,
        description="Questions to a model for each result; else by its faults",
    )
    tokens: int = Field(
        default=40_000,
        ge=0,
        le=100_000_000,
        description="Model tokens, read and written; else by its faults",
    )
    seconds: Seconds = Field(
        default=300.0,
        description="Wall time for each result, the model's start not counted; else by its faults",
    )
    command_seconds: Seconds = Field(default=60.0, description="Wall time of one command in the sandbox")
    memory_mb: int = Field(default=2048, ge=64, le=1_048_576, description="Memory of one command")
    processes: int = Field(default=256, ge=8, le=65_536, description="Processes of one command at once")
    disk_mb: int = Field(default=512, ge=1, le=1_048_576, description="What one command may write")
    output_mb: int = Field(default=1, ge=1, le=1024, description="Output kept of one command")


class ModelEntry(_Table):
    """One model of the chain. Keys never stand in a file: `api_key_env` names the variable that holds one."""

    provider: str = Field(
        default="",
        description="local, openai, anthropic, gemini, azure, ollama, lmstudio or openai_compatible; "
        "empty: the entry's own name",
        examples=["openai"],
    )
    model: str = Field(
        default="",
        description="The provider's name of the model; empty: its default",
        examples=["gpt-5-mini"],
    )
    base_url: str | None = Field(
        default=None,
        description="Address of the server; none: the provider's own",
        examples=["https://api.openai.com/v1"],
    )
    api_key_env: str | None = Field(
        default=None, description="Name of the variable that holds the key", examples=["OPENAI_API_KEY"]
    )
    timeout_seconds: Seconds = Field(default=300.0, description="Wall time of one answer, retries included")
    temperature: float | None = Field(
        default=None, ge=0, le=2, description="Overrides the repair's own choice", examples=[0.2]
    )
    max_tokens: int | None = Field(
        default=None, ge=1, le=1_000_000, description="At most so many tokens an answer", examples=[2048]
    )
    context_tokens: int = Field(default=8192, ge=512, le=4_000_000, description="Context of local, ollama")
    api_version: str | None = Field(
        default=None, description="Version of the interface (azure)", examples=["2024-10-21"]
    )
    path: Path | None = Field(
        default=None, description="Another GGUF file (local)", examples=["models/other.gguf"]
    )
    threads: int | None = Field(
        default=None, ge=1, le=1024, description="Threads (local); none: chosen by load", examples=[2]
    )

    @field_validator("api_key_env")
    @classmethod
    def _is_a_name(cls, value: str | None) -> str | None:
        if value is not None and not _VARIABLE_NAME.fullmatch(value):
            raise ValueError("expected the name of an environment variable, never the key itself")
        return value

    @field_validator("path")
    @classmethod
    def _starts_somewhere(cls, value: Path | None) -> Path | None:
        return value and _expanded(value)

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        url = urlsplit(value)
        if url.scheme not in {"http", "https"} or not url.hostname:
            raise ValueError("expected an address such as http://127.0.0.1:1234/v1")
        if "@" in url.netloc or url.query or url.fragment:
            raise ValueError("expected an address without credentials, query and fragment; use api_key_env")
        return value.rstrip("/")


class Models(_Table):
    """Which models answer, in which order."""

    chain: Texts = Field(
        default=("local",),
        min_length=1,
        description="Asked in this order: names of entries, provider:model, a .gguf",
    )
    entries: dict[str, ModelEntry] = Field(
        default_factory=lambda: {"local": ModelEntry(provider="local")}, description="Models by name"
    )


class OracleSettings(_Table):
    """How often a failure is reproduced before anything is proposed."""

    runs: int = Field(default=2, ge=1, le=100, description="Runs of the unchanged files that must agree")
    runs_when_flaky: int = Field(
        default=5, ge=1, le=100, description="Runs if they disagree: tests that differ are then ignored"
    )


class SandboxSettings(_Table):
    """How what a model wrote is kept apart."""

    level: Literal["auto", "bubblewrap", "landlock", "plain"] = Field(
        default="auto", description="auto: the strongest that passes its self-test"
    )
    uid: int = Field(
        default=64321, ge=1, le=2**31 - 1, description="User id of boxed commands when root starts them"
    )
    extra_read_only: Paths = Field(default=(), description="More absolute paths that boxed commands may read")
    allow: Texts = Field(
        default=(),
        description='Services of this machine that boxed commands may reach, as ["127.0.0.1:5432"]',
    )

    @field_validator("allow")
    @classmethod
    def _are_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            parse_address(text)
        return value

    @field_validator("extra_read_only")
    @classmethod
    def _are_absolute(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        paths = tuple(map(_expanded, value))
        if not all(path.is_absolute() for path in paths):
            raise ValueError("expected absolute paths")
        return paths


class Protect(_Table):
    """What is never edited, on top of tests, runner configuration, lock files and data."""

    globs: Texts = Field(default=(), description="Added to the built-in list; nothing here takes from it")


class Jobs(_Table):
    """The project's jobs."""

    paths: Texts = Field(default=(), description='Files that are jobs, as ["jobs/**/*.js"]')
    protected: Texts = Field(default=(), description="Jobs that are never edited")


class Config(BaseSettings):
    """All settings, frozen. `Config()` holds the defaults; `load` reads files and environment."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__"
    )

    limits: Limits = Limits()
    models: Models = Models()
    oracle: OracleSettings = OracleSettings()
    sandbox: SandboxSettings = SandboxSettings()
    protect: Protect = Protect()
    jobs: Jobs = Jobs()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def keys(table: type[BaseModel] = Config, above: str = "") -> Iterator[str]:
    """All keys in dotted form; an entry's name is `NAME`."""
    for name, info in table.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from keys(info.annotation, f"{above}{name}.")
        elif name == "entries":
            yield from keys(ModelEntry, f"{above}{name}.NAME.")
        else:
            yield f"{above}{name}"
