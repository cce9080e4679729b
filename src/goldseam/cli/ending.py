"""How `heal` tells its results: to a person, to a script, by the exit code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldseam.cli.diff import render_diff
from goldseam.cli.document import Result, place_of
from goldseam.cli.main import EXIT_FAILED, EXIT_OK, EXIT_WAITING
from goldseam.cli.printable import printable

MARKS = {
    "healed": ("✔", "bold green"),
    "clean": ("✔", "green"),
    "proposed": ("◇", "bold cyan"),
    "held": ("◇", "bold yellow"),
    "declined": ("✘", "bold red"),
    "unhealed": ("✘", "bold red"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A result and a sentence about it."""

    result: Result
    message: str


def exit_code(told: Sequence[Told]) -> int:
    """0 all healed or clean, 3 some wait for a person, 1 some declined or unhealed, which wins."""
    outcomes = {one.result.outcome for one in told}
    if outcomes & {"declined", "unhealed"}:
        return EXIT_FAILED
    return EXIT_WAITING if outcomes & {"proposed", "held"} else EXIT_OK


def print_results(told: Sequence[Told], console: Console) -> None:
    """Each result with its faults, diff and proof; a table at the end if there are several."""
    for one in told:
        console.print(_headline(one))
        for line in _detail(one):
            console.print(Text(f"  {line}", style="dim"), soft_wrap=True)
        if one.result.diff and one.result.outcome != "clean":
            console.print(render_diff(one.result.diff))
        for line in _proof(one.result):
            console.print(Text(f"  {line}"), soft_wrap=True)
    if len(told) > 1:
        console.print(summary_table(told))
    if not told:
        console.print(Text("✔ nothing to heal: every file parses", style="green"))


def summary_table(told: Sequence[Told]) -> Table:
    """A row a result."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("file", overflow="fold", min_width=14)
    table.add_column("outcome", overflow="fold", min_width=10)
    for name in ("faults", "rung"):
        table.add_column(name, no_wrap=True)
    for name in ("tries", "tokens", "sec."):
        table.add_column(name, justify="right", no_wrap=True, min_width=5)
    for one in told:
        result = one.result
        mark, style = MARKS[result.outcome]
        outcome = result.outcome + (f" ({result.reason})" if result.reason else "")
        table.add_row(
            Text(printable(result.path)),
            Text(f"{mark} {outcome}", style=style),
            Text(", ".join(dict.fromkeys(str(fault.code) for fault in result.faults))),
            result.rung or "",
            str(result.attempts or ""),
            str(result.tokens.total or ""),
            f"{result.seconds:.1f}",
        )
    return table


def _headline(one: Told) -> Text:
    mark, style = MARKS[one.result.outcome]
    reason = f" ({one.result.reason})" if one.result.reason else ""
    line = Text(f"{mark} {one.result.outcome}{reason}", style=style)
    return line.append(f"  {printable(one.result.path)}", style="bold")


def _detail(one: Told) -> Iterator[str]:
    if one.result.outcome != "clean":
        sources = {change.path: change.before for change in one.result.changes}
        for fault in one.result.faults:
            line, column = place_of(fault, sources)
            where = f"{printable(fault.path)}:{line}:{column}"
            yield f"{where}  {fault.code}  {printable(fault.message)}; {fault.hint}"
    yield printable(one.message)


def _proof(result: Result) -> Iterator[str]:
    if result.outcome not in ("healed", "proposed", "held") or result.judgement is None:
        return
    checks = ", ".join(f"{name} {'green' if green else 'red'}" for name, green in result.judgement.checks)
    attempts = f"{result.attempts} attempt{'s' if result.attempts != 1 else ''}"
    spent = f"{result.tokens.prompt} tokens read, {result.tokens.completion} written"
    yield f"proof: {result.judgement.before} before, {result.judgement.after} after: {checks}"
    yield f"cost: {attempts}, {spent}, {result.seconds:.1f} s, by {result.rung}"
    if result.outcome == "healed" and result.repair_id:
        yield f"undo: goldseam revert {result.repair_id}"
