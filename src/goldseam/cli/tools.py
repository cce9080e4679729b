"""`goldseam tools`: fetch, list and find what goldseam asks about JavaScript and TypeScript."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

SCHEMA = "goldseam-tools/1"

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def command() -> None:
    """TypeScript's compiler and linters for JavaScript: fetched once, by npm.

    \b
    goldseam tools pull      fetch them (50 MB)

    Without them JavaScript is healed too, and TypeScript is not.
    """


@command.command()
@_AS_JSON
def pull(as_json: bool) -> None:
    """Fetch the pinned tools into the cache; nothing of them is run.

    npm fetches them with your settings: mirrors, proxies and certificates hold. Whatever the source, each
    package is checked against a pinned digest.
    """
    from goldseam.languages.tools.fetching import pull as pull_tools
    from goldseam.languages.tools.fetching import tools_folder

    click.echo("fetching what is not here yet", err=True)
    found = pull_tools(tools_folder(), _run, os.environ)
    _print(as_json, {"path": str(found), "tools": _entries()}, [str(found)])


@command.command("list")
@_AS_JSON
def list_tools(as_json: bool) -> None:
    """Show the pinned tools and where they lie."""
    from goldseam.languages.tools.fetching import COMMAND, place, tools_folder

    target = place(tools_folder())
    found = str(target) if target.is_dir() else None
    lines = [f"{entry['name']}\t{entry['version']}" for entry in _entries()]
    _print(as_json, {"path": found, "tools": _entries()}, [*lines, found or f"not here; {COMMAND}"])


@command.command("path")
@_AS_JSON
def print_path(as_json: bool) -> int:
    """Print where the tools lie; exit code 1 if they are not here."""
    from goldseam.core.errors import ToolMissing
    from goldseam.languages.tools.fetching import located, tools_folder

    try:
        found = located(tools_folder())
    except ToolMissing as missing:
        _print(as_json, {"path": None, "tools": _entries()}, ())
        click.echo(f"goldseam: {missing}", err=True)
        return 1
    _print(as_json, {"path": str(found), "tools": _entries()}, [str(found)])
    return 0


def _run(argv: Any, environ: Mapping[str, str], seconds: float, folder: Path) -> Any:
    from goldseam.sandbox.host import run_trusted

    return run_trusted(argv, environment=environ, seconds=seconds, folder=folder)


def _entries() -> list[dict[str, str]]:
    from goldseam.languages.tools.fetching import pinned

    return [{"name": tool.name, "version": tool.version} for tool in pinned()]


def _print(as_json: bool, document: Mapping[str, Any], lines: Iterable[str]) -> None:
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, **document}, indent=2))
        return
    for line in lines:
        click.echo(line)
