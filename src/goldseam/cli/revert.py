"""`goldseam revert ID`: put back, byte for byte, what a repair changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goldseam.cli.printable import printable
from goldseam.core.errors import Changed, LandingError, Refused, StoreError, UsageError

if TYPE_CHECKING:
    from goldseam.core.redaction import Redactor
    from goldseam.land.landing import FileLanding
    from goldseam.store.records import Records, StoredRepair


@click.command()
@click.argument("repair_id", metavar="ID")
@click.option("--force", is_flag=True, help="Put back even over later edits of the same files.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(repair_id: str, force: bool, as_json: bool) -> int:
    """Put back what a repair changed, byte for byte.

    Refused, with nothing written, if a file was edited after the repair; with --force the files are put
    back all the same, and the edited bytes are kept as a backup.

    \b
    goldseam revert 3f2a
    """
    from goldseam.config import load, project_root
    from goldseam.wiring import open_landing, open_records, open_redactor

    root = project_root(Path.cwd())
    landing = open_landing(root, load(root))
    with open_records(root) as records:
        try:
            stored, paths = _put_back(records, landing, repair_id, force=force)
        except LandingError as error:
            return _refused(error, as_json)
        reverted_at = datetime.now(UTC)
        if stored:
            _note(records, stored, reverted_at)
    if as_json:
        _print_document(stored, reverted_at, open_redactor(root))
    else:
        names = ", ".join(printable(path) for path in paths)
        click.echo(f"Put back {names}: as before the repair, byte for byte.")
    return 0


def _put_back(
    records: "Records", landing: "FileLanding", repair_id: str, *, force: bool
) -> tuple["StoredRepair | None", Sequence[str]]:
    """The repair, None if it was never recorded, and the paths written."""
    try:
        stored = records.get(repair_id)
    except (UsageError, StoreError) as error:
        return None, _put_back_unrecorded(landing, repair_id, error, force=force)
    record = stored.record
    if record.outcome != "healed":
        raise UsageError(f"repair {record.repair_id} ended as {record.outcome}: it wrote nothing to put back")
    return stored, landing.revert(record.repair_id, force=force)


def _put_back_unrecorded(
    landing: "FileLanding", repair_id: str, unknown: UsageError | StoreError, *, force: bool
) -> Sequence[str]:
    """Landing has a journal of its own: a lost record of repairs does not take the owner's bytes along."""
    try:
        return landing.revert(repair_id, force=force)
    except (Changed, Refused):
        raise
    except LandingError:
        raise unknown from None


def _note(records: "Records", stored: "StoredRepair", reverted_at: datetime) -> None:
    try:
        records.mark_reverted(stored.record.repair_id, reverted_at)
    except StoreError as error:
        click.echo(f"goldseam: the files are put back, but {printable(str(error))}", err=True)


def _refused(error: LandingError, as_json: bool) -> int:
    from goldseam.cli.document import as_text
    from goldseam.cli.main import EXIT_FAILED

    if as_json:
        click.echo(as_text([], {"kind": type(error).__name__, "message": str(error)}))
    click.echo(f"goldseam: {printable(str(error))}", err=True)
    return EXIT_FAILED


def _print_document(stored: "StoredRepair | None", reverted_at: datetime, redactor: "Redactor") -> None:
    from goldseam.cli.document import as_text, stored_result

    click.echo(as_text([stored_result(stored.record, reverted_at, redactor)] if stored else []))
