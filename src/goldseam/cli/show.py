"""`goldseam show ID`: one repair with its faults, its diff and its proof."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldseam.cli.printable import printable, printable_lines

if TYPE_CHECKING:
    from rich.console import Console

    from goldseam.core.record import RepairRecord
    from goldseam.core.redaction import Redactor
    from goldseam.store.records import StoredRepair

_LABEL_WIDTH = 12


@click.command()
@click.argument("repair_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(repair_id: str, as_json: bool) -> None:
    """Show one repair: faults, diff, proof.

    ID may be shortened to its first characters, as long as no other repair begins with them.

    \b
    goldseam show 3f2a
    """
    from goldseam.cli.document import as_text, stored_result
    from goldseam.config import project_root
    from goldseam.wiring import open_records, open_redactor

    root = project_root(Path.cwd())
    with open_records(root) as records:
        stored = records.get(repair_id)
    redactor = open_redactor(root)
    if as_json:
        click.echo(as_text([stored_result(stored.record, stored.reverted_at, redactor)]))
        return
    _print(stored, redactor)


def _print(stored: "StoredRepair", redactor: "Redactor") -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    record = stored.record
    _print_facts(console, _head(stored))
    _print_section(console, "faults", "\n".join(_faults(record)))
    _print_diff(console, record, redactor)
    _print_section(console, "proof", "\n".join(_proof(record, redactor)))
    _print_section(console, "evidence", printable_lines(record.evidence).rstrip())
    _print_section(console, "circumstances", "")
    _print_facts(console, _circumstances(record))


def _print_facts(console: "Console", facts: Iterator[tuple[str, str]]) -> None:
    for label, value in facts:
        console.print(f"{label:<{_LABEL_WIDTH}}{printable(value)}")


def _print_section(console: "Console", title: str, text: str) -> None:
    console.print(f"\n{title}", style="bold")
    if text:
        console.print(text)


def _print_diff(console: "Console", record: "RepairRecord", redactor: "Redactor") -> None:
    from goldseam.cli.diff import render_diff
    from goldseam.cli.document import result_of

    diff = result_of(record, redactor).diff
    if not diff:
        _print_section(console, "diff", "no file was changed")
        return
    _print_section(console, "diff", "")
    if console.is_terminal:
        console.print(render_diff(diff), soft_wrap=False)
    else:
        console.print(printable_lines(diff).rstrip("\n"))


def _head(stored: "StoredRepair") -> Iterator[tuple[str, str]]:
    record = stored.record
    yield "repair", record.repair_id
    yield "when", f"{record.created_at.astimezone():%Y-%m-%d %H:%M:%S %Z}"
    yield "path", record.path
    yield "outcome", f"{record.outcome} ({record.reason})" if record.reason else record.outcome
    if stored.reverted_at:
        yield "reverted", f"{stored.reverted_at.astimezone():%Y-%m-%d %H:%M:%S %Z}"
    yield "symptom", record.symptom
    if record.description:
        yield "repair does", record.description


def _faults(record: "RepairRecord") -> Iterator[str]:
    from goldseam.cli.document import place_of

    sources = {change.path: change.before for change in record.changes}
    for fault in record.faults:
        line, column = place_of(fault, sources)
        place = f"{printable(fault.path)}:{line}:{column}"
        yield f"{fault.code}  {place}  {printable(fault.message)}  (suspicion {fault.suspiciousness:.2f})"
        if fault.hint:
            yield f"    hint: {printable(fault.hint)}"
    if not record.faults:
        yield "none was found"


def _proof(record: "RepairRecord", redactor: "Redactor") -> Iterator[str]:
    oracle = record.oracle
    for option, command_line in (("--run", oracle.run), ("--test", oracle.test)):
        if command_line:
            yield f"judged by {option} {printable(command_line)}"
    if oracle.expected is not None:
        expected = redactor.redacted(oracle.expected.decode("utf-8", "replace"))
        yield f"expected output: {printable(expected)}"
    if not oracle.commands:
        yield "judged by parsing alone"
    for name, green in record.checks:
        yield f"{'green' if green else 'red':<6}{printable(name)}"


def _circumstances(record: "RepairRecord") -> Iterator[tuple[str, str]]:
    yield "fixer", f"{record.fixer or 'none'} (rung {record.rung or 'none'})"
    yield "confidence", f"{record.confidence:.2f}"
    tokens = record.tokens
    yield (
        "cost",
        (
            f"{record.seconds:.2f} s, {tokens.prompt} tokens read, {tokens.completion} written, "
            f"attempts {record.attempts}, candidates {record.candidates}"
        ),
    )
    yield "sandbox", record.sandbox_level
    yield "versions", ", ".join(f"{name} {version}" for name, version in record.versions.items())
