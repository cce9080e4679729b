"""`goldseam scan`: every source file that does not parse."""

from pathlib import Path

import click

from goldseam.cli.printable import printable


@click.command()
@click.argument("root", default=".", type=click.Path(path_type=Path, readable=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(root: Path, as_json: bool) -> int:
    """List every source file below ROOT (a folder or a file) that does not parse.

    \b
    goldseam scan
    goldseam scan src --json

    Exit codes: 0 every file parses, 1 some do not, 2 usage.
    """
    from goldseam.cli.document import as_text, place_of
    from goldseam.cli.main import EXIT_FAILED, EXIT_OK
    from goldseam.cli.scanning import scanned
    from goldseam.cli.working import Working

    working = Working()
    with working.shown():
        count, faulty = scanned(root, lambda done, of: working.say(f"{done} of {of} files"))
    if as_json:
        click.echo(as_text(faulty))
    for result in faulty if not as_json else ():
        for fault in result.faults:
            line, column = place_of(fault, result.sources)
            where = f"{printable(result.path)}:{line}:{column}"
            click.echo(f"{where}  {fault.code}  {printable(fault.message)}")
    unchecked = sum(result.outcome == "declined" for result in faulty)
    more = f", {unchecked} cannot be checked" if unchecked else ""
    click.echo(f"{count} files, {len(faulty) - unchecked} do not parse{more}", err=True)
    return EXIT_FAILED if faulty else EXIT_OK
