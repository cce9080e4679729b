"""`goldseam explain`: the manual's page on a fault code."""

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from goldseam.cli.printable import printable
from goldseam.core.errors import UsageError
from goldseam.core.fault import Code

if TYPE_CHECKING:
    from goldseam.diagnose.entry import Entry


@click.command()
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(code: str | None, as_json: bool) -> int:
    """Show what a fault code means, with examples broken and mended; without CODE, list all codes.

    \b
    goldseam explain SYN.MISSING_COLON
    goldseam explain nam.misspelt

    Exit codes: 0 shown, 2 no such code.
    """
    from goldseam.diagnose.entry import catalogue, entry_of
    from goldseam.diagnose.manual import page

    if code is None:
        return _list(catalogue(), as_json)
    entry = entry_of(code_named(code))
    if as_json:
        from goldseam.cli.document import SCHEMA

        click.echo(json.dumps({"schema": SCHEMA, "codes": [_described(entry)]}, indent=2))
    else:
        _show(page(entry))
    return 0


def code_named(text: str) -> Code:
    """The code by its name in any case, without or with a cluster's place; `UsageError` with the nearest."""
    name = text.strip().partition(":")[0].upper().replace("-", "_")
    known = list(map(str, Code))
    if name in known:
        return Code(name)
    holding = sorted((code for code in known if len(name) > 2 and name in code), key=len)
    near = holding or get_close_matches(name, known, n=1, cutoff=0.5) or _by_last_word(name, known)
    meant = f"did you mean {near[0]}?" if near else "'goldseam explain' lists all codes"
    raise UsageError(f"no fault code '{printable(text)}'; {meant}")


def _by_last_word(name: str, known: list[str]) -> list[str]:
    words = {code.partition(".")[2]: code for code in known}
    return [words[near] for near in get_close_matches(name, words, n=1, cutoff=0.6)]


def _list(entries: "tuple[Entry, ...]", as_json: bool) -> int:
    if as_json:
        from goldseam.cli.document import SCHEMA

        click.echo(json.dumps({"schema": SCHEMA, "codes": [*map(_described, entries)]}, indent=2))
        return 0
    width = max(len(entry.code) for entry in entries)
    for entry in entries:
        click.echo(f"{entry.code:<{width}}  {entry.title}")
    return 0


def _described(entry: "Entry") -> dict[str, object]:
    return {
        "code": str(entry.code),
        "title": entry.title,
        "cause": entry.cause,
        "hint": entry.hint,
        "found_by": dict(entry.found_by),
        "rungs": list(entry.served_by),
        "unserved": entry.unserved or None,
        "examples": [
            {"language": example.language, "broken": example.broken, "mended": example.mended}
            for example in entry.examples
        ],
    }


def _show(markdown: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(highlight=False)
    if console.is_terminal:
        console.print(Markdown(markdown, code_theme="ansi_dark"))
    else:
        click.echo(markdown, nl=False)
