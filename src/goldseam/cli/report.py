"""A diagnosis for a person: what, where, why we think so, how sure, what would mend it, what to type next.

On a terminal in colour and fitted to its width; elsewhere as plain lines, one fact a line.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from goldseam.cli.diagnosing import Examined
from goldseam.cli.diff import unified_diff
from goldseam.cli.document import Result, place_of
from goldseam.cli.excerpt import Row, rows_around, shown
from goldseam.cli.printable import printable
from goldseam.core.diagnosis import Plan
from goldseam.core.fault import Evidence, Fault
from goldseam.core.source import apply_edits

MARKS = {"faulty": ("✘", "bold red"), "clean": ("✔", "green"), "declined": ("✘", "bold yellow")}
MOST_SUSPICIONS = 20
MOST_FAULTS = 50
MOST_EVIDENCE = 6
LABEL_WIDTH = 8
MIN_TEXT_WIDTH = 8
WIDE = 10_000
CERTAINTIES = (
    (0.95, "certain"),
    (0.8, "very likely"),
    (0.5, "likely"),
    (0.0, "possible"),
)

Fact = tuple[str, str]


def print_report(examined: Sequence[Examined], heal_command: str, console: Console) -> None:
    """Each result with its faults, suspicions and plan; at the end the next command."""
    for one in examined:
        _print_line(console, _headline(one))
        for number, fault in enumerate(one.result.faults[:MOST_FAULTS], 1):
            _print_fault(console, number, fault, one.result)
        _print_rest(console, len(one.result.faults) - MOST_FAULTS, "faults")
        _print_suspicions(console, one.result)
        if one.result.plan:
            _print_line(console, Text(f"  plan: {plan_text(one.result.plan)}"))
    if any(one.result.outcome == "faulty" for one in examined):
        _print_line(console, Text(f"next: {printable(heal_command)}", style="bold"))
    if not examined:
        _print_line(console, Text("✔ no source files", style="green"))


def plan_text(plan: Plan) -> str:
    """What a repair may take, in a sentence."""
    threads = (
        "; threads are involved, so the failing order must be met more than once" if plan.threads else ""
    )
    return f"up to {plan.attempts} attempts, about {plan.tokens} tokens and {plan.seconds:.0f} s{threads}"


def certainty(suspiciousness: float) -> str:
    """A word for how sure a fault is, with its figure."""
    word = next(word for least, word in CERTAINTIES if suspiciousness >= least)
    return f"{word} ({suspiciousness:.2f})"


def facts_of(fault: Fault, result: Result) -> Iterator[Fact]:
    """Label and text of all that is known of a fault beyond its message and place, without secrets."""
    redacted = result.redactor.redacted
    for said in fault.evidence[:MOST_EVIDENCE]:
        yield "why", _evidence_text(said, redacted(said.text))
    yield "sure", certainty(fault.suspiciousness)
    if fault.expected:
        yield "expected", shown(redacted(fault.expected))
    if fault.hint:
        yield "fix", printable(redacted(fault.hint))
    for line in fix_lines(fault, result):
        yield "", line
    yield "more", f"goldseam explain {fault.code}"


def fix_lines(fault: Fault, result: Result) -> list[str]:
    """The fault's own fix as a tiny diff: the lines that change, before and after."""
    data = result.sources.get(fault.path)
    if data is None or not fault.fix:
        return []
    try:
        mended = apply_edits(data, fault.fix)
    except ValueError:
        return []
    diff = unified_diff(fault.path, data, mended).splitlines()[2:]
    changed = [line for line in diff if line.startswith(("+", "-"))]
    return [f"{line[0]} {shown(result.redactor.redacted(line[1:]))}" for line in changed]


def _evidence_text(said: Evidence, text: str) -> str:
    return f"{printable(said.source)}: {printable(text)}"


def _headline(one: Examined) -> Text:
    mark, style = MARKS[one.result.outcome]
    reason = f" ({one.result.reason})" if one.result.reason else ""
    line = Text(f"{mark} {one.result.outcome}{reason}", style=style)
    line.append(f"  {printable(one.result.path)}", style="bold not dim")
    counts = [_counted(len(one.result.faults), "fault")] if one.result.faults else []
    said = "; ".join([*counts, *([printable(one.message)] if one.message else [])])
    return line.append(f"  {said}", style="dim") if said else line


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"


def _print_fault(console: Console, number: int, fault: Fault, result: Result) -> None:
    where = ":".join([printable(fault.path), *map(str, place_of(fault, result.sources))])
    head = Text(f"{number}  ", style="bold").append(where, style="bold cyan")
    head.append(f"  {fault.code}", style="bold red")
    head.append(f"  {printable(result.redactor.redacted(fault.message))}")
    _print_line(console, head, indent=2)
    for line in _excerpt(console, fault, result):
        console.print(line, soft_wrap=True)
    for label, text in facts_of(fault, result):
        _print_fact(console, label, text)


def _excerpt(console: Console, fault: Fault, result: Result) -> Iterator[Text]:
    data = result.sources.get(fault.path, b"")
    digits = len(str(data.count(b"\n") + 1))
    width = max(MIN_TEXT_WIDTH, console.width - digits - 9) if console.is_terminal else WIDE
    if fault.span.start == 0 and fault.span.end >= len(data):
        return
    for row in rows_around(data, fault.span, width, result.redactor.redacted):
        yield _row_text(row, digits)
        if row.mark is not None:
            yield _mark_text(row.mark, digits)


def _row_text(row: Row, digits: int) -> Text:
    line = Text(f"    {'▸' if row.mark else ' '} {row.number:>{digits}} │ ", style="dim")
    return line.append(row.text, style="not dim" if row.mark else "dim")


def _mark_text(mark: tuple[int, int], digits: int) -> Text:
    line = Text(f"      {'':>{digits}} │ ", style="dim")
    return line.append(" " * mark[0] + "^" * (mark[1] - mark[0]), style="bold red not dim")


def _print_fact(console: Console, label: str, text: str) -> None:
    style = {"+": "green", "-": "red"}.get(text[:1], "") if not label else ""
    if not console.is_terminal:
        console.print(Text(f"    {label:<{LABEL_WIDTH}} {text}"), soft_wrap=True)
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=4)
    grid.add_column(width=LABEL_WIDTH, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("", label, Text(text, style=style))
    console.print(grid)


def _print_suspicions(console: Console, result: Result) -> None:
    suspicions = result.suspicions or ()
    if not suspicions:
        return
    _print_line(
        console, Text(f"  {_counted(len(suspicions), 'suspicion')}, no fault by itself:", style="dim")
    )
    for fault in suspicions[:MOST_SUSPICIONS]:
        where = ":".join([printable(fault.path), *map(str, place_of(fault, result.sources))])
        sources = ", ".join(dict.fromkeys(printable(said.source) for said in fault.evidence))
        message = printable(result.redactor.redacted(fault.message))
        said = f"{where}  {fault.code}  {message}{f' ({sources})' if sources else ''}"
        _print_line(console, Text(said, style="dim"), indent=4)
    _print_rest(console, len(suspicions) - MOST_SUSPICIONS, "suspicions")


def _print_rest(console: Console, count: int, noun: str) -> None:
    if count > 0:
        _print_line(console, Text(f"and {count} more {noun}: --json lists all", style="dim"), indent=4)


def _print_line(console: Console, line: Text, indent: int = 0) -> None:
    """One line; where it does not fit a terminal, the next ones are indented as deep."""
    if not console.is_terminal:
        console.print(Text(" " * indent).append_text(line), soft_wrap=True)
        return
    for part in line.wrap(console, max(MIN_TEXT_WIDTH, console.width - indent), overflow="fold"):
        console.print(Text(" " * indent).append_text(part), soft_wrap=True)
