"""What `heal` says and asks on a terminal beside its progress."""

import sys
from collections.abc import Iterable
from contextlib import redirect_stdout

import click

from goldseam.cli.printable import printable, printable_lines
from goldseam.core.hole import Hole
from goldseam.core.ports import Question

HOLE = "<<< to be filled >>>"


def print_prompt(question: Question) -> None:
    """Show on standard error what is about to be sent to a model."""
    limits = f"temperature {question.temperature:.2f}, at most {question.max_tokens} tokens"
    if isinstance(question, Hole):
        head = f"--- hole ({limits}, {question.samples} times) ---"
        beside = "".join(f"[{name}]\n{text}\n\n" for name, text in question.beside)
        body = f"{beside}{question.prefix}{HOLE}{question.suffix}"
    else:
        head, body = f"--- prompt ({limits}) ---", f"{question.system}\n\n{question.user}"
    click.echo(printable_lines(f"{head}\n{body}\n--- end of prompt ---"), err=True)


def warn(sentences: Iterable[str]) -> None:
    """Say on standard error what the owner should know before anything is done."""
    for sentence in sentences:
        click.echo(f"goldseam: warning: {printable(sentence)}", err=True)


def offer_pull() -> bool:
    """On a terminal, ask whether to pull the missing model, and pull it; True if it is there now."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    if not click.confirm("The embedded model (1.1 GB) is not on this machine. Pull it now?", err=True):
        return False
    from goldseam.cli.model import command

    with redirect_stdout(sys.stderr):
        command.main(["pull"], prog_name="goldseam model", standalone_mode=False)
    return True
