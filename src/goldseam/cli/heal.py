"""`goldseam heal`: from named paths and commands to proven, landed repairs."""

from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="[PATH]...")
@click.option("--run", metavar="CMD", help="Program that must end with exit code 0.")
@click.option("--test", metavar="CMD", help='Tests that must pass, as "pytest -q".')
@click.option("--expect", metavar="TEXT", help="What the program must print.")
@click.option("--expect-file", type=click.Path(path_type=Path), metavar="FILE", help="The same, from a file.")
@click.option("--dry-run", is_flag=True, help="Show the proven repair; change and record nothing.")
@click.option("--review", is_flag=True, help="Keep the proven repair for a person to approve.")
@click.option("--branch", is_flag=True, help="Commit the proven repair to a git branch of its own.")
@click.option("--no-model", is_flag=True, help="Use only what needs no model.")
@click.option("--model", "chain", metavar="CHAIN", help="Entries, provider:model or a .gguf, by commas.")
@click.option("--rungs", metavar="LIST", help="Only these rungs of the ladder, by commas.")
@click.option("--max-seconds", type=click.FloatRange(0.1), metavar="S", help="Wall time for each result.")
@click.option("--max-tokens", type=click.IntRange(0), metavar="N", help="Model tokens for each result.")
@click.option("--max-attempts", type=click.IntRange(1), metavar="N", help="Batches for each result.")
@click.option("--show-prompt", is_flag=True, help="Print every prompt before it is sent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(paths: tuple[Path, ...], as_json: bool, **options: object) -> int:
    """Repair broken code under PATH and prove it.

    PATH names what may be edited: files or folders; none means the whole project. Commands run in the
    project's folder (that of goldseam.toml or .git). With neither --run, --test nor --expect the oracle is
    that the file parses.

    \b
    goldseam heal job.py
    goldseam heal job.py --expect "Sum: 15"
    goldseam heal src --test "pytest -q" --dry-run

    Exit codes: 0 all healed or clean, 3 some wait for a person, 1 some not healed (unchanged),
    2 usage, 4 internal error, 130 interrupted.
    """
    from rich.console import Console

    from goldseam.cli.document import as_text
    from goldseam.cli.ending import exit_code, print_results
    from goldseam.cli.healing import Request, heal

    told = heal(Request.of(paths, options))
    if as_json:
        click.echo(as_text([one.result for one in told]))
    else:
        print_results(told, Console(highlight=False))
    return exit_code(told)
