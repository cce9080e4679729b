"""Runs Alembic, which is imported here alone: a database that is up to date never needs it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from goldseam.core.errors import StoreError

_SCRIPTS = Path(__file__).with_name("migrations")


def check_known(revision: str, place: str) -> None:
    """Raise `StoreError` for a schema that this version of goldseam has not heard of."""
    if revision not in revisions():
        raise StoreError(
            f"the record of repairs {place!r} was written by a newer goldseam (schema {revision}); "
            "update goldseam, or move the record away"
        )


def revisions() -> tuple[str, ...]:
    """All schema versions, newest first."""
    return tuple(script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions())


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest version inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
