"""One database, SQLite or any other that SQLAlchemy speaks: opened, created and migrated at first use.

Reading creates nothing: where no SQLite file is yet, there is nothing to read.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    column,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    table,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from goldseam.core.errors import StoreError
from goldseam.store.tables import REVISION

STATE_FOLDER = ".goldseam"
FILE_NAME = "goldseam.db"

_WRITER_LOCK = 0x601D5EA4

_PRAGMAS = ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")


def store_file(root: Path) -> Path:
    """Where the record of the project at `root` lies, unless its configuration names a URL."""
    return root / STATE_FOLDER / FILE_NAME


class Database:
    """A database and the one moment at which its schema is brought up to date.

    All that goes wrong in here is a `StoreError` that says what to do.
    """

    def __init__(self, place: Path | str) -> None:
        url = _url(place)
        self.place = url.database or "" if _is_file(url) else url.render_as_string(hide_password=True)
        self.file = Path(self.place) if _is_file(url) else None
        with self._reported():
            self._engine = _engine(url)
        self._writer = self._engine.execution_options(writes=True)
        self._migrated = False

    @property
    def exists(self) -> bool:
        return self.file is None or self.file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; only where the database `exists`."""
        with self._reported():
            self._migrate_once()
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, committed at the end: the only writer from its start."""
        with self._reported():
            self._make_folder()
            self._migrate_once()
            with self._writer.begin() as connection:
                yield connection

    def close(self) -> None:
        """Give back the connections; a later use opens new ones."""
        self._engine.dispose()

    def _migrate_once(self) -> None:
        if self._migrated:
            return
        with self._engine.connect() as connection:
            found = _revision(connection)
        if found != REVISION:
            self._upgrade(found)
        self._migrated = True

    def _upgrade(self, found: str | None) -> None:
        from goldseam.store import migrate

        if found is not None:
            migrate.check_known(found, self.place)
            if self.file is not None:
                _back_up(self.file, found)
        with self._writer.connect() as connection:
            if self.file is not None:
                _allow_rebuilding(connection)
            with connection.begin():
                if _revision(connection) != REVISION:
                    migrate.upgrade(connection)
        self._engine.dispose()

    def _make_folder(self) -> None:
        if self.file is None:
            return
        folder = self.file.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if folder.name == STATE_FOLDER and not ignore.exists():
            ignore.write_text("*\n")

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
            raise StoreError(self._complaint(error)) from error

    def _complaint(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        text = " ".join(str(cause).split())
        if self.file is None:
            return f"the record of repairs at {self.place} cannot be used: {text}; check its address"
        if "not a database" in text or "malformed" in text:
            return (
                f"the record of repairs {self.place!r} is damaged: {text}; move the file away "
                "and the next repair starts a new record"
            )
        return (
            f"the record of repairs {self.place!r} cannot be used: {text}; "
            "check free space and who may write there"
        )


def _url(place: Path | str) -> URL:
    if isinstance(place, str) and "://" in place:
        try:
            return make_url(place)
        except (SQLAlchemyError, ValueError) as error:
            raise StoreError(
                "the address of the record of repairs is no SQLAlchemy URL; correct it"
            ) from error
    return URL.create("sqlite", database=str(place))


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")


def _engine(url: URL) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # Python's sqlite3 opens transactions by its own rules and leaves table changes outside of them.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer fails at once, however long it may wait; a writer says so first.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")


def _allow_rebuilding(connection: Connection) -> None:
    # Rebuilding a table drops the old one, which would delete what refers to it. Inside a transaction
    # the pragma does nothing, so it goes past SQLAlchemy, which would begin one.
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("PRAGMA foreign_keys=OFF")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    return found


def _back_up(file: Path, revision: str) -> None:
    copy = file.with_name(f"{file.name}.before-{revision}")
    unfinished = copy.with_name(f"{copy.name}.part")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
