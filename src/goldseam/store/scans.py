"""What the last scan of a project found, in a file of the user's cache; losing it costs one whole scan."""

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from goldseam.core.observation import SyntaxProblem
from goldseam.core.source import Span

_LOST = (sqlite3.Error, OSError)
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS made_by (version TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS clean (path TEXT PRIMARY KEY, stamp INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS broken (
        path TEXT PRIMARY KEY, stamp INTEGER NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL,
        stop INTEGER NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
"""


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

    def clean(self) -> dict[str, int]:
        with contextlib.suppress(*_LOST), contextlib.closing(self._opened()) as db:
            return dict(db.execute("SELECT path, stamp FROM clean"))
        return {}

    def broken(self) -> dict[str, tuple[int, SyntaxProblem]]:
        with (
            contextlib.suppress(sqlite3.Error, OSError, ValueError),
            contextlib.closing(self._opened()) as db,
        ):
            return {
                path: (stamp, SyntaxProblem(name, Span(start, stop), message))
                for path, stamp, name, start, stop, message in db.execute("SELECT * FROM broken")
            }
        return {}

    def keep(
        self,
        gone: Iterable[str],
        clean: Mapping[str, int],
        broken: Mapping[str, tuple[int, SyntaxProblem]],
    ) -> None:
        forgotten = [(path,) for path in (*gone, *clean, *broken)]
        rows = [
            (path, stamp, said.path, said.span.start, said.span.end, said.message)
            for path, (stamp, said) in broken.items()
        ]
        with (
            contextlib.suppress(*_LOST, UnicodeEncodeError),
            contextlib.closing(self._opened()) as db,
            db,
        ):
            db.executemany("DELETE FROM clean WHERE path = ?", forgotten)
            db.executemany("DELETE FROM broken WHERE path = ?", forgotten)
            db.executemany("INSERT INTO clean VALUES (?, ?)", clean.items())
            db.executemany("INSERT INTO broken VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=1.0)
        try:
            if db.execute("PRAGMA user_version").fetchone() == (1,):
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
            for table in ("made_by", "clean", "broken"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
            db.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
            db.execute("PRAGMA user_version = 1")
