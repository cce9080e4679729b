"""`goldseam history`: past repairs, newest first."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldseam.cli.printable import printable

if TYPE_CHECKING:
    from goldseam.store.records import StoredRepair

_OUTCOMES = ("healed", "clean", "proposed", "held", "declined", "unhealed")
_COLUMNS = ("id", "when", "path", "outcome", "codes", "rung", "seconds", "tokens")
_NUMBERS = {"seconds", "tokens"}


@click.command()
@click.option("--path", metavar="PATH", help="Only repairs of this file, or of files in this folder.")
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only repairs that ended so.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(path: str | None, outcome: str | None, limit: int, as_json: bool) -> None:
    """List past repairs, newest first.

    \b
    goldseam history --outcome healed      what was repaired
    goldseam history --path src/jobs       repairs in one folder

    `goldseam show ID` shows one of them, `goldseam revert ID` puts back what it changed.
    """
    from goldseam.cli.document import as_text, stored_result
    from goldseam.config import project_root
    from goldseam.wiring import open_records, open_redactor

    root = project_root(Path.cwd())
    with open_records(root) as records:
        found = records.recent(limit, path=path and _within(root, path), outcome=outcome)
    if as_json:
        redactor = open_redactor(root)
        click.echo(as_text([stored_result(each.record, each.reverted_at, redactor) for each in found]))
    elif found:
        _print(found)
    else:
        click.echo(_nothing(root, filtered=bool(path or outcome)))


def _within(root: Path, path: str) -> str | None:
    """`path` as repairs name it, relative to the project; None for the whole project."""
    absolute = Path(os.path.normpath(Path.cwd() / path))
    relative = absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path
    return None if relative == "." else relative


def _nothing(root: Path, *, filtered: bool) -> str:
    if filtered:
        return "No repair matches; `goldseam history` lists all."
    return f"No repairs in {printable(str(root))} yet; `goldseam heal FILE` makes the first."


def _print(found: Sequence["StoredRepair"]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    rows = [_row(stored) for stored in found]
    if not console.is_terminal:
        click.echo("\n".join("\t".join(row) for row in (_COLUMNS, *rows)))
        return
    table = Table(box=None, pad_edge=False)
    for name in _COLUMNS:
        table.add_column(name, justify="right" if name in _NUMBERS else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _row(stored: "StoredRepair") -> tuple[str, ...]:
    record = stored.record
    cells = (
        record.repair_id,
        f"{record.created_at.astimezone():%Y-%m-%d %H:%M:%S}",
        record.path,
        _ending(stored),
        " ".join(record.codes),
        record.rung or "-",
        f"{record.seconds:.2f}",
        str(record.tokens.total),
    )
    return tuple(printable(cell) for cell in cells)


def _ending(stored: "StoredRepair") -> str:
    record = stored.record
    if stored.reverted_at:
        return f"{record.outcome}, reverted"
    return f"{record.outcome}: {record.reason}" if record.reason else record.outcome
