import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from goldseam.core.errors import StoreError
from goldseam.core.record import RepairRecord
from goldseam.store import migrate
from goldseam.store.database import store_file
from goldseam.store.records import open_store
from goldseam.store.tables import REVISION, metadata

NEXT_MIGRATION = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("repairs", recreate="always") as batch:
        batch.add_column(sa.Column("stars", sa.Integer()))
    {more}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A goldseam with one more migration; the returned file is that migration."""
    scripts = tmp_path / "migrations 100%"
    shutil.copytree(Path(migrate.__file__).with_name("migrations"), scripts)
    migration = scripts / "versions" / "v0002_stars.py"
    migration.write_text(NEXT_MIGRATION.format(more=""))
    monkeypatch.setattr(migrate, "_SCRIPTS", scripts)
    monkeypatch.setattr("goldseam.store.database.REVISION", "0002")
    return migration


def _pragma(file: Path, name: str) -> object:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(f"pragma {name}").fetchone()[0]


def test_the_folder_is_private_and_ignored_by_git(tmp_path: Path, record: RepairRecord) -> None:
    file = store_file(tmp_path)
    with open_store(file) as store:
        store.remember(record)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert (file.parent / ".gitignore").read_text() == "*\n"
    assert _pragma(file, "journal_mode") == "wal"
    assert _pragma(file, "integrity_check") == "ok"


def test_each_connection_is_set_up(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
        with store._database.reading() as connection:
            values = {
                name: connection.exec_driver_sql(f"pragma {name}").scalar()
                for name in ("foreign_keys", "synchronous", "busy_timeout")
            }
    assert values == {"foreign_keys": 1, "synchronous": 1, "busy_timeout": 30000}


def test_the_migrations_make_the_tables(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert migrate.revisions()[0] == REVISION


def test_an_up_to_date_store_needs_no_alembic(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
    program = (
        "import sys; from goldseam.store.records import open_store; "
        "print(len(open_store(sys.argv[1]).recent(5)), 'alembic' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["1", "False"]


def test_an_upgrade_keeps_everything_and_a_copy(
    file: Path, record: RepairRecord, request: pytest.FixtureRequest
) -> None:
    with open_store(file) as store:
        store.remember(record)
    request.getfixturevalue("next_version")
    with open_store(file) as store:
        assert store.get(record.repair_id).record == record
    copy = file.with_name("goldseam.db.before-0001")
    for place, version in ((file, "0002"), (copy, "0001")):
        with closing(sqlite3.connect(place)) as connection:
            assert connection.execute("select version_num from alembic_version").fetchone() == (version,)
            assert connection.execute("select count(*) from faults").fetchone() == (2,)


def test_a_failed_upgrade_changes_nothing(
    file: Path, record: RepairRecord, request: pytest.FixtureRequest
) -> None:
    with open_store(file) as store:
        store.remember(record)
    migration = request.getfixturevalue("next_version")
    migration.write_text(NEXT_MIGRATION.format(more='op.execute("insert into nowhere values (1)")'))
    with open_store(file) as store, pytest.raises(StoreError, match="nowhere"):
        store.recent(1)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select version_num from alembic_version").fetchone() == ("0001",)
        columns = {row[1] for row in connection.execute("pragma table_info(repairs)")}
        assert "stars" not in columns
        assert connection.execute("select count(*) from faults").fetchone() == (2,)


def test_a_newer_store_is_left_alone(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
        connection.commit()
    with open_store(file) as store:
        with pytest.raises(StoreError, match=r"newer goldseam \(schema 9999\); update goldseam"):
            store.recent(1)
        with pytest.raises(StoreError, match="newer goldseam"):
            store.remember(replace(record, repair_id="other"))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("select count(*) from repairs").fetchone() == (1,)


def test_a_fault_code_of_a_newer_version(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("update faults set code = 'NEW.CODE'")
            connection.commit()
        with pytest.raises(StoreError, match=r"NEW\.CODE.*update goldseam"):
            store.recent(1)


@pytest.mark.parametrize("position", [0, 4096 * 3], ids=["head", "inside"])
def test_a_damaged_store_says_what_to_do(file: Path, record: RepairRecord, position: int) -> None:
    with open_store(file) as store:
        for number in range(40):
            store.remember(replace(record, repair_id=str(number), evidence="e" * 3000))
    with file.open("r+b") as stream:
        stream.seek(position)
        stream.write(b"\xaa" * (file.stat().st_size - position))
    damaged = file.read_bytes()
    with open_store(file) as store, pytest.raises(StoreError, match=r"is damaged: .*move the file away"):
        store.recent(100)
    with open_store(file) as store, pytest.raises(StoreError):
        store.remember(replace(record, repair_id="new"))
    assert file.read_bytes() == damaged


def test_an_empty_file_becomes_a_store(file: Path, record: RepairRecord) -> None:
    file.parent.mkdir()
    file.touch()
    with open_store(file) as store:
        assert store.recent(1) == ()
        store.remember(record)
        assert store.get("3f").record == record


def test_a_file_where_the_folder_should_be(tmp_path: Path, record: RepairRecord) -> None:
    (tmp_path / ".goldseam").write_text("")
    with open_store(store_file(tmp_path)) as store, pytest.raises(StoreError, match="cannot be used"):
        store.remember(record)


def test_a_wrong_address_names_no_password() -> None:
    for address in ("nonsense://me:s3cret@host/db", "nonsense://me:s3cret@host:port/db"):
        with pytest.raises(StoreError) as caught:
            open_store(address)
        assert "s3cret" not in str(caught.value)


def test_a_url_is_a_place_too(tmp_path: Path, record: RepairRecord) -> None:
    with open_store(f"sqlite:///{tmp_path}/kept.db") as store:
        store.remember(record)
    with open_store(tmp_path / "kept.db") as store:
        assert store.get("3f").record == record
    assert not (tmp_path / ".gitignore").exists()


WRITER = """
import pickle, sys, time
from dataclasses import replace
from pathlib import Path
from goldseam.store.records import open_store
record = pickle.loads(Path(sys.argv[2]).read_bytes())
time.sleep(max(0.0, float(sys.argv[4]) - time.time()))
with open_store(sys.argv[1]) as store:
    for number in range(25):
        store.remember(replace(record, repair_id=f"{sys.argv[3]}-{number}"))
"""


def test_writers_at_once_create_one_store_and_lose_nothing(
    file: Path, record: RepairRecord, tmp_path: Path
) -> None:
    stored = tmp_path / "record.pickle"
    stored.write_bytes(__import__("pickle").dumps(record))
    start = str(time.time() + 2.5)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, file, stored, name, start]) for name in "abcd"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    with open_store(file) as store:
        assert len(store.recent(1000)) == 100


def test_a_killed_writer_leaves_whole_repairs(file: Path, record: RepairRecord, tmp_path: Path) -> None:
    stored = tmp_path / "record.pickle"
    stored.write_bytes(__import__("pickle").dumps(record))
    writer = subprocess.Popen([sys.executable, "-c", WRITER.replace("25", "10**6"), file, stored, "k", "0"])
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with open_store(file) as store:
            if len(store.recent(20)) >= 5:
                break
        time.sleep(0.05)
    writer.kill()
    writer.wait()
    with open_store(file) as store:
        found = store.recent(10**6)
    assert len(found) >= 5
    assert all(replace(each.record, repair_id=record.repair_id) == record for each in found)
    assert _pragma(file, "integrity_check") == "ok"


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_does_not_see_the_store(tmp_path: Path, record: RepairRecord) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with open_store(store_file(tmp_path)) as store:
        store.remember(record)
    shown = subprocess.run(["git", "-C", tmp_path, "status", "--short"], capture_output=True, check=True)
    assert shown.stdout == b""
