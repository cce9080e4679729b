"""What the last scan of a project found, in a file of the user's cache; losing it costs one whole scan."""

import contextlib
import sqlite3
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from goldseam.core.observation import SyntaxProblem
from goldseam.core.source import Span

_LOST = (sqlite3.Error, OSError)
_SCHEMA = """
    DROP TABLE IF EXISTS made_by; DROP TABLE IF EXISTS clean; DROP TABLE IF EXISTS broken;
    DROP TABLE IF EXISTS folders;
    CREATE TABLE made_by (version TEXT NOT NULL);
    CREATE TABLE folders (path BLOB PRIMARY KEY, stamps BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE broken (
        path BLOB PRIMARY KEY, name BLOB NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
        message TEXT NOT NULL) WITHOUT ROWID;
"""
_VERSION = 2


def scans_file(cache: Path, root: Path) -> Path:
    """Where the scans of the project at `root` are kept below goldseam's cache folder."""
    return cache / "scans" / f"{sha256(str(root).encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.db"


class SqliteSeen:
    """Implements `Seen` over the file `path`; what cannot be read or written is as if nothing was seen.

    What was `made_by` other checkers than these is forgotten.
    """

    def __init__(self, path: Path, made_by: str) -> None:
        self._path = path
        self._made_by = made_by

    def recall(self) -> tuple[dict[str, bytes], dict[str, SyntaxProblem]]:
        with (
            contextlib.suppress(sqlite3.Error, OSError, ValueError),
            contextlib.closing(self._opened()) as db,
        ):
            folders = {_text(path): stamps for path, stamps in db.execute("SELECT path, stamps FROM folders")}
            return folders, {
                _text(path): SyntaxProblem(_text(name), Span(start, stop), message)
                for path, name, start, stop, message in db.execute("SELECT * FROM broken")
            }
        return {}, {}

    def keep(self, folders: Mapping[str, bytes], broken: Mapping[str, SyntaxProblem | None]) -> None:
        rows = [
            (_bytes(path), _bytes(said.path), said.span.start, said.span.end, said.message)
            for path, said in broken.items()
            if said is not None
        ]
        with (
            contextlib.suppress(*_LOST, UnicodeEncodeError),
            contextlib.closing(self._opened()) as db,
            db,
        ):
            db.executemany("DELETE FROM folders WHERE path = ?", [(_bytes(path),) for path in folders])
            db.executemany("DELETE FROM broken WHERE path = ?", [(_bytes(path),) for path in broken])
            kept = [(_bytes(path), stamps) for path, stamps in folders.items() if stamps]
            db.executemany("INSERT INTO folders VALUES (?, ?)", kept)
            db.executemany("INSERT INTO broken VALUES (?, ?, ?, ?, ?)", rows)

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=1.0)
        try:
            if db.execute("PRAGMA user_version").fetchone() == (_VERSION,):
                found = db.execute("SELECT version FROM made_by").fetchone()
                if found == (self._made_by,):
                    return db
            self._begin(db)
        except BaseException as error:
            db.close()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._path.unlink()
            raise
        return db

    def _begin(self, db: sqlite3.Connection) -> None:
        db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; {_SCHEMA}")
        with db:
            db.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
            db.execute(f"PRAGMA user_version = {_VERSION}")


def _bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")


def _text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")
