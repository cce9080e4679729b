"""The record of repairs: remembers each finished one, and finds it again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, insert, or_, select, update

from goldseam.core.errors import StoreError, UsageError
from goldseam.core.record import RepairRecord
from goldseam.store.database import Database
from goldseam.store.rows import change_rows, contents_of, fault_rows, record_from, repair_row
from goldseam.store.tables import changes, contents, faults, repairs

_NAMED = 5
_BATCH = 500
"""Values in one `IN`: every database takes as many."""


@dataclass(frozen=True, slots=True)
class StoredRepair:
    """A record and what became of it: `reverted_at` is None while the repair stands."""

    record: RepairRecord
    reverted_at: datetime | None = None


class Records:
    """Implements `core.ports.Memory`. Nothing is opened, and no folder made, before it is needed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the connections."""
        self._database.close()

    def remember(self, record: RepairRecord) -> None:
        """Store one finished repair; remembering the same id twice is free."""
        with self._database.writing() as connection:
            if connection.scalar(select(repairs.c.id).where(repairs.c.id == record.repair_id)):
                return
            _insert_contents(connection, contents_of(record))
            connection.execute(insert(repairs), [repair_row(record)])
            for table, rows in ((faults, fault_rows(record)), (changes, change_rows(record))):
                if rows:
                    connection.execute(insert(table), rows)

    def recent(
        self, limit: int, path: str | None = None, outcome: str | None = None
    ) -> tuple[StoredRepair, ...]:
        """The newest repairs; `path` is a file that was the symptom's or was changed, or a folder of such."""
        query = select(repairs).order_by(repairs.c.created_at.desc(), repairs.c.id).limit(limit)
        if path is not None:
            touched = select(changes.c.repair_id).where(_lies_in(changes.c.path, path))
            query = query.where(or_(_lies_in(repairs.c.path, path), repairs.c.id.in_(touched)))
        if outcome is not None:
            query = query.where(repairs.c.outcome == outcome)
        return self._find(query)

    def get(self, id_prefix: str) -> StoredRepair:
        """The one repair whose id is, or alone begins with, `id_prefix`; otherwise `UsageError`."""
        repair_id = self._resolve(id_prefix)
        return self._find(select(repairs).where(repairs.c.id == repair_id))[0]

    def mark_reverted(self, repair_id: str, at: datetime) -> None:
        """Note that the files are again as they were before the repair."""
        if not self._database.exists:
            raise UsageError(self._nothing_stored())
        with self._database.writing() as connection:
            query = update(repairs).where(repairs.c.id == repair_id).values(reverted_at=at)
            found = connection.execute(query).rowcount
        if not found:
            raise UsageError(f"there is no repair {repair_id!r}; `goldseam history` lists them")

    def _resolve(self, id_prefix: str) -> str:
        if not self._database.exists:
            raise UsageError(self._nothing_stored())
        like = repairs.c.id.startswith(id_prefix, autoescape=True)
        query = select(repairs.c.id).order_by(repairs.c.created_at.desc(), repairs.c.id)
        with self._database.reading() as connection:
            matching = [str(name) for name in connection.scalars(query.where(like))]
            newest = [str(name) for name in connection.scalars(query.limit(_NAMED))]
        # SQLite's LIKE takes a for A.
        found = [name for name in matching if name.startswith(id_prefix)]
        if id_prefix in found:
            return id_prefix
        if len(found) == 1 and id_prefix:
            return found[0]
        raise UsageError(_unresolved(id_prefix, found, newest) if newest else self._nothing_stored())

    def _nothing_stored(self) -> str:
        return f"no repair is recorded in {self._database.place!r} yet; `goldseam heal FILE` makes the first"

    def _find(self, query: Select[tuple[object, ...]]) -> tuple[StoredRepair, ...]:
        if not self._database.exists:
            return ()
        with self._database.reading() as connection:
            found = connection.execute(query).mappings().all()
            try:
                return _assembled(connection, found)
            except ValueError as error:
                raise StoreError(
                    f"the record of repairs {self._database.place!r} holds what this goldseam does not know "
                    f"({error}); update goldseam"
                ) from error


def open_store(url_or_path: str | Path) -> Records:
    """The record of repairs in a SQLite file or behind a SQLAlchemy URL; created by the first repair."""
    return Records(Database(url_or_path))


def _lies_in(column: ColumnElement[str], path: str) -> ColumnElement[bool]:
    return or_(column == path, column.startswith(f"{path}/", autoescape=True))


def _insert_contents(connection: Connection, blobs: dict[str, bytes]) -> None:
    known = set(connection.scalars(select(contents.c.sha256).where(contents.c.sha256.in_(blobs))))
    rows = [{"sha256": digest, "data": data} for digest, data in blobs.items() if digest not in known]
    if rows:
        connection.execute(insert(contents), rows)


def _assembled(connection: Connection, found: Sequence[RowMapping]) -> tuple[StoredRepair, ...]:
    ids = [row["id"] for row in found]
    fault_lists = _by_repair(connection, faults, ids)
    change_lists = _by_repair(connection, changes, ids)
    digests = {row["oracle_expected"] for row in found} - {None}
    for rows in change_lists.values():
        digests |= {row[name] for row in rows for name in ("before_sha256", "after_sha256")}
    blobs = _contents(connection, digests)
    return tuple(
        StoredRepair(
            record_from(row, fault_lists[row["id"]], change_lists[row["id"]], blobs), row["reverted_at"]
        )
        for row in found
    )


def _by_repair(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, list[RowMapping]]:
    lists: dict[str, list[RowMapping]] = defaultdict(list)
    for some in _batches(ids):
        query = select(table).where(table.c.repair_id.in_(some)).order_by(table.c.position)
        for row in connection.execute(query).mappings():
            lists[row["repair_id"]].append(row)
    return lists


def _contents(connection: Connection, digests: Iterable[str]) -> dict[str, bytes]:
    blobs: dict[str, bytes] = {}
    for some in _batches(sorted(digests)):
        query = select(contents.c.sha256, contents.c.data).where(contents.c.sha256.in_(some))
        blobs |= {row.sha256: row.data for row in connection.execute(query)}
    return blobs


def _batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _unresolved(id_prefix: str, found: Sequence[str], newest: Sequence[str]) -> str:
    named = ", ".join(repr(name) for name in (found or newest)[:_NAMED])
    if found:
        return f"{id_prefix!r} begins the ids of {len(found)} repairs: {named}; give more of the id"
    return f"there is no repair {id_prefix!r}; the newest are {named}"
