"""What `heal` says and asks on a terminal beside its progress."""

import sys
from collections.abc import Iterable
from contextlib import redirect_stdout

import click

from goldseam.cli.printable import printable, printable_lines
from goldseam.core.ports import Prompt


def print_prompt(prompt: Prompt) -> None:
    """Show on standard error what is about to be sent to a model."""
    head = f"--- prompt (temperature {prompt.temperature:.2f}, at most {prompt.max_tokens} tokens) ---"
    text = f"{head}\n{prompt.system}\n\n{prompt.user}\n--- end of prompt ---"
    click.echo(printable_lines(text), err=True)


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
