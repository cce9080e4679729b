"""`goldseam doctor`: what works here, what is weaker than it could be, and how to mend it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldseam.cli.printable import printable

if TYPE_CHECKING:
    from goldseam.cli.checkup import Check

SCHEMA = "goldseam-doctor/1"
_SIGNS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(as_json: bool) -> int:
    """Look at sandbox, tools, landing, record, models and configuration.

    \b
    goldseam doctor             everything, with what to do
    goldseam doctor --json      the same for programs

    Attacks the sandbox with a dozen small programs, each tried without it first. Changes nothing.

    Exit codes: 0 all is well, 1 something is wrong.
    """
    from goldseam.cli.checkup import check_up
    from goldseam.cli.main import EXIT_FAILED, EXIT_OK
    from goldseam.config import project_root

    found = []
    for check in check_up(project_root(Path.cwd())):
        found.append(check)
        if not as_json:
            _print(check, is_first=check.topic not in {each.topic for each in found[:-1]})
    if as_json:
        click.echo(json.dumps({"schema": SCHEMA, "checks": list(map(_entry, found))}, indent=2))
    wrong = _count(found, "wrong")
    click.echo(f"{wrong} wrong, {_count(found, 'note')} worth knowing", err=True)
    return EXIT_FAILED if wrong else EXIT_OK


def _print(check: "Check", *, is_first: bool) -> None:
    if is_first:
        click.echo(check.topic)
    click.echo(f"  {_SIGNS[check.state]} {printable(check.name)}: {printable(check.message)}")
    if check.mend:
        click.echo(f"        {printable(check.mend)}")


def _entry(check: "Check") -> dict[str, str | None]:
    return {
        "topic": check.topic,
        "name": check.name,
        "state": check.state.value,
        "message": check.message,
        "mend": check.mend or None,
    }


def _count(found: Iterable["Check"], state: str) -> int:
    return sum(check.state == state for check in found)
