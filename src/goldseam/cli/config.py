"""`goldseam config`: writes a commented file, shows what is in force and why, finds mistakes."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from goldseam.config import Config, Loaded

SCHEMA = "goldseam/1"
EXIT_USAGE = 2


@click.group()
def command() -> None:
    """Write, show and check the configuration.

    \b
    goldseam config init     write a commented goldseam.toml
    goldseam config show     every setting in force, and where it comes from
    goldseam config check    list every mistake

    Settings come from goldseam.toml, from [tool.goldseam] in pyproject.toml, and from the environment
    (GOLDSEAM_LIMITS__SECONDS=60), which wins.
    """


@command.command()
@click.option("--force", is_flag=True, help="Overwrite a goldseam.toml that is already there.")
def init(force: bool) -> None:
    """Write a commented goldseam.toml into the project's root; it changes no setting by itself."""
    from goldseam.config import GOLDSEAM_TOML, project_root, template

    path = project_root(Path.cwd()) / GOLDSEAM_TOML
    _write(path, template().encode(), force=force)
    click.echo(f"Wrote {path}; every line in it is a comment until you change it.", err=True)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(as_json: bool) -> None:
    """Show every setting in force, and where it comes from."""
    from goldseam.config import load_with_origins, project_root, toml_value

    loaded = load_with_origins(project_root(Path.cwd()))
    rows = [(key, value, loaded.origins.get(key, "default")) for key, value in _settings(loaded.config)]
    if as_json:
        settings = [{"key": key, "value": value, "origin": origin} for key, value, origin in rows]
        _echo_document({"settings": settings, "loosened": list(loaded.loosened)})
        return
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        shown = "(none)" if value is None else toml_value(value)
        click.echo(f"{key:<{width}} = {shown}" + (f"   # {origin}" if origin != "default" else ""))
    _tell_loosened(loaded)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(as_json: bool) -> int:
    """List every mistake in files and environment; exit code 2 if there is one."""
    from goldseam.config import load_with_origins, problems, project_root

    root = project_root(Path.cwd())
    found = list(problems(root))
    loaded = None if found else load_with_origins(root)
    if loaded is not None:
        found = list(_chain_problems(loaded.config))
    notes = [] if loaded is None or found else [*_missing_keys(loaded.config, os.environ), *loaded.loosened]
    if as_json:
        error = {"kind": "usage", "message": found[0]} if found else None
        _echo_document({"problems": found, "notes": notes}, error)
    else:
        _echo_findings(found, notes)
    return EXIT_USAGE if found else 0


def _write(path: Path, data: bytes, *, force: bool) -> None:
    from goldseam.core.errors import UsageError

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force:
            temporary.replace(path)
        else:
            path.hardlink_to(temporary)
    except FileExistsError:
        raise UsageError(f"{path} is already there; --force overwrites it") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _settings(config: "Config") -> Iterator[tuple[str, Any]]:
    yield from _flat(config.model_dump(mode="json"), "")


def _flat(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _chain_problems(config: "Config") -> Iterator[str]:
    from goldseam.core.errors import ConfigurationError
    from goldseam.models.selection import chain_from

    for item in (*config.models.chain, *config.models.entries):
        try:
            chain_from(config, item)
        except ConfigurationError as error:
            yield f"models: {error}" if item in config.models.entries else f"models.chain: {error}"


def _missing_keys(config: "Config", environ: Mapping[str, str]) -> Iterator[str]:
    from goldseam.models.provider import provider
    from goldseam.models.selection import chain_from

    for named in chain_from(config):
        kind = provider(named.entry.provider)
        variable = named.entry.api_key_env or kind.key_variable
        if kind.needs_key and not environ.get(variable):
            yield f"models: {named.name} needs a key, and {variable} is not set"


def _echo_document(content: dict[str, Any], error: dict[str, str] | None = None) -> None:
    click.echo(json.dumps({"schema": SCHEMA, "results": [], "error": error} | content, indent=2))


def _echo_findings(found: Sequence[str], notes: Sequence[str]) -> None:
    for problem in found:
        click.echo(problem)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    if not found:
        click.echo("The configuration is valid.", err=True)


def _tell_loosened(loaded: "Loaded") -> None:
    for sentence in loaded.loosened:
        click.echo(f"note: {sentence}", err=True)
