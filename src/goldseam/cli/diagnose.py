"""`goldseam diagnose`: what is wrong, where, why we think so and what would fix it; no model is asked."""

from pathlib import Path
from typing import IO

import click

_SARIF = click.File("w", encoding="utf-8", lazy=True, atomic=True)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATH]...")
@click.option("--run", metavar="CMD", help="Program that must end with exit code 0.")
@click.option("--test", metavar="CMD", help='Tests that must pass, as "pytest -q".')
@click.option("--expect", metavar="TEXT", help="What the program must print.")
@click.option("--expect-file", type=click.Path(path_type=Path), metavar="FILE", help="The same, from a file.")
@click.option("--sarif", type=_SARIF, metavar="FILE", help="Write a SARIF 2.1.0 log; - is standard output.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(paths: tuple[Path, ...], sarif: IO[str] | None, as_json: bool, **options: object) -> int:
    """Name every fault under PATH before anything is repaired; nothing is written, no model is asked.

    With neither --run, --test nor --expect, faults are what does not parse; what static tools say beyond
    that is shown as a suspicion.

    \b
    goldseam diagnose job.py
    goldseam diagnose src --test "pytest -q"
    goldseam diagnose app.js --run "node app.js" --sarif faults.sarif

    Exit codes: 0 nothing found, 1 found, 2 usage, 4 internal error, 130 interrupted.
    """
    from goldseam.cli.diagnosing import diagnose, heal_command
    from goldseam.cli.document import as_text
    from goldseam.cli.incidents import Asked
    from goldseam.cli.main import EXIT_FAILED, EXIT_OK
    from goldseam.core.errors import UsageError

    if sarif is not None and sarif.name == "-" and as_json:
        raise UsageError("--json and --sarif - both want standard output: name a file")
    asked = Asked.of(paths, options)
    examined = diagnose(asked)
    if sarif is not None:
        from goldseam.cli.sarif import log_text

        sarif.write(log_text([one.result for one in examined]))
    if as_json:
        click.echo(as_text([one.result for one in examined]))
    elif sarif is None or sarif.name != "-":
        from rich.console import Console

        from goldseam.cli.report import print_report

        print_report(examined, heal_command(asked), Console(highlight=False))
    return EXIT_OK if all(one.result.outcome == "clean" for one in examined) else EXIT_FAILED
