"""The `goldseam` command: finds commands by name when called, turns errors into one line and an exit code."""

import errno
import os
import signal
import sys
import traceback
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from goldseam import __version__
from goldseam.cli.printable import printable
from goldseam.core.errors import (
    GoldseamError,
    LandingError,
    ModelError,
    SandboxError,
    ToolMissing,
    UsageError,
    WeightsError,
)

COMMANDS = {
    "heal": "Detect, diagnose, repair, prove and land.",
    "scan": "List every source file that does not parse.",
    "diagnose": "Name every fault, where it lies and what would mend it; no model.",
    "explain": "The manual's page on a fault code.",
    "history": "List past repairs.",
    "show": "Show one repair: faults, diff, proof.",
    "revert": "Put back what a repair changed.",
    "model": "Pull, list and test the embedded model.",
    "tools": "Fetch what is asked about JavaScript and TypeScript.",
    "doctor": "Say what works here and how to mend the rest.",
    "config": "Write, show and check the configuration.",
}

OUTPUT_FAILS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_WAITING, EXIT_INTERNAL, EXIT_INTERRUPTED = 0, 1, 2, 3, 4, 130


class LazyGroup(click.Group):
    """Imports a command's module only when that command is called: `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"goldseam.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="goldseam")
def cli() -> None:
    """Heal broken code, and prove it.

    \b
    goldseam heal job.py                           repair a file that does not parse
    goldseam heal app.py --run "python app.py"     repair a crash
    goldseam heal app.py --run "python app.py" --expect "Total: 6"
    goldseam heal src --test "pytest -q"           repair what makes the tests fail
    goldseam diagnose src --test "pytest -q"       only say what is wrong

    A file is either exactly what you wrote or a repair that passed its oracle.
    """


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line; the exit code. One clear line for every error that is ours or the user's."""
    wants_json = "--json" in arguments
    try:
        result = cli.main(arguments, prog_name="goldseam", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return EXIT_USAGE
    except click.ClickException as error:
        return _fail("usage", _sentence(error), EXIT_USAGE, wants_json)
    except (UsageError, SandboxError, ToolMissing, WeightsError, ModelError, LandingError) as error:
        return _fail(
            "usage" if isinstance(error, UsageError) else "environment", str(error), EXIT_USAGE, wants_json
        )
    except GoldseamError as error:
        return _fail("internal", str(error), EXIT_INTERNAL, wants_json)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", "interrupted; nothing is left half done", EXIT_INTERRUPTED, wants_json)
    except BrokenPipeError:
        _say_no_more()
        return EXIT_FAILED
    except Exception as error:  # noqa: BLE001 - the outermost border: the log of a defect
        return _defect(error, wants_json)
    return result if isinstance(result, int) else EXIT_OK


def _defect(error: Exception, wants_json: bool) -> int:
    """What nobody foresaw; an output on a full disk is the owner's matter and not a defect."""
    if isinstance(error, OSError) and error.errno in OUTPUT_FAILS and error.filename is None:
        _say_no_more()
        told = f"the output cannot be written: {error.strerror}; 'goldseam history' tells what was repaired"
        return _fail("environment", told, EXIT_INTERNAL, wants_json=False)
    traceback.print_exc()
    return _fail("internal", f"a defect of goldseam; please report it: {error!r}", EXIT_INTERNAL, wants_json)


def _say_no_more() -> None:
    """Let go of a standard output that fails, or closing it fails once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sentence(error: click.ClickException) -> str:
    text = error.format_message()
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{text} Try '{error.ctx.command_path} --help'."
    return text


def _fail(kind: str, message: str, code: int, wants_json: bool) -> int:
    if wants_json:
        from goldseam.cli.document import as_text

        click.echo(as_text([], {"kind": kind, "message": message}))
    click.echo(f"goldseam: {printable(message)}", err=True)
    return code


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
