"""The landing journal: one SQLite file that survives a power cut and that any SQLite tool can read.

    sqlite3 .goldseam/journal.db "select * from undo"

prints the commands that put every landed file back by hand.
"""

import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from goldseam.core.errors import StoreError
from goldseam.core.journal import Entry, FileIntent, Kind, State

_VERSION = 1
_SCHEMA = (
    """CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT, repair_id TEXT NOT NULL, kind TEXT NOT NULL,
        state TEXT NOT NULL, note TEXT NOT NULL, started TEXT NOT NULL,
        expired INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE file (
        entry_id INTEGER NOT NULL REFERENCES entry (id), number INTEGER NOT NULL, path TEXT NOT NULL,
        real TEXT NOT NULL, base TEXT NOT NULL, new TEXT NOT NULL, temp TEXT NOT NULL, mode INTEGER NOT NULL,
        PRIMARY KEY (entry_id, number))""",
    """CREATE VIEW undo AS
        SELECT entry.id, repair_id, started, 'cat ''.goldseam/blobs/' || base || ''' > '''
            || replace(path, '''', '''\\''''') || '''' AS command
        FROM entry JOIN file ON entry.id = entry_id
        WHERE kind = 'land' AND state = 'done' AND NOT expired AND entry.id >
            (SELECT coalesce(max(later.id), 0) FROM entry AS later
             WHERE later.repair_id = entry.repair_id AND later.kind = 'revert' AND later.state = 'done')
        ORDER BY entry.id DESC, number""",
    f"PRAGMA user_version = {_VERSION}",
)


class SqliteJournal:
    """The journal in the file `path`, which is created if it is missing; one connection, one writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _refuse_links(path)
        with self._errors():
            self._db = sqlite3.connect(path, isolation_level=None, timeout=5.0)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def begin(self, repair_id: str, kind: Kind, started: datetime, files: Iterable[FileIntent]) -> int:
        with self._transaction():
            row = self._db.execute(
                "INSERT INTO entry (repair_id, kind, state, note, started) VALUES (?, ?, ?, '', ?)",
                (repair_id, kind, State.PREPARED, started.isoformat()),
            )
            entry_id = int(row.lastrowid or 0)
            self._db.executemany(
                "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (entry_id, number, f.path, f.real, f.base, f.new, f.temp, f.mode)
                    for number, f in enumerate(files)
                ],
            )
            return entry_id

    def move(self, entry_id: int, state: State, note: str | None = None) -> None:
        with self._transaction():
            self._db.execute(
                "UPDATE entry SET state = ?, note = coalesce(?, note) WHERE id = ?", (state, note, entry_id)
            )

    def state(self, entry_id: int) -> State:
        with self._errors():
            row = self._db.execute("SELECT state FROM entry WHERE id = ?", (entry_id,)).fetchone()
            return State(row[0])

    def entries(self) -> tuple[Entry, ...]:
        with self._errors():
            files: dict[int, list[FileIntent]] = {}
            for row in self._db.execute(
                "SELECT entry_id, path, real, base, new, temp, mode FROM file ORDER BY entry_id, number"
            ):
                files.setdefault(row[0], []).append(FileIntent(*row[1:]))
            rows = self._db.execute(
                "SELECT id, repair_id, kind, state, note, started, expired FROM entry ORDER BY id"
            )
            return tuple(_entry(row, tuple(files.get(row[0], ()))) for row in rows)

    def mark_expired(self, entry_ids: Iterable[int]) -> None:
        with self._transaction():
            self._db.executemany("UPDATE entry SET expired = 1 WHERE id = ?", [(i,) for i in entry_ids])

    def problems(self) -> tuple[str, ...]:
        with self._errors():
            rows = self._db.execute("PRAGMA integrity_check").fetchall()
            return tuple(str(row[0]) for row in rows if row[0] != "ok")

    def close(self) -> None:
        with self._errors():
            self._db.close()

    def _prepare(self) -> None:
        with self._errors():
            self._db.execute("PRAGMA journal_mode = DELETE")
            self._db.execute("PRAGMA synchronous = EXTRA")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise StoreError(f"{self._path} was written by a newer goldseam; use that one for this tree")
        if version == 0:
            with self._transaction():
                for statement in _SCHEMA:
                    self._db.execute(statement)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            raise StoreError(
                f"the landing journal {self._path} cannot be used: {error}; free disk space or move the file"
                " away, the backups in the folder `blobs` beside it stay"
            ) from error


def _entry(row: tuple[int, str, str, str, str, str, int], files: tuple[FileIntent, ...]) -> Entry:
    number, repair_id, kind, state, note, started, expired = row
    return Entry(
        number,
        repair_id,
        Kind(kind),
        State(state),
        note,
        datetime.fromisoformat(started),
        bool(expired),
        files,
    )


def _refuse_links(path: Path) -> None:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise StoreError(f"{path} is a link or no plain file; remove it")
