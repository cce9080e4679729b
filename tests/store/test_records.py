import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldseam.core.budget import Tokens
from goldseam.core.errors import UsageError
from goldseam.core.fault import Code, Fault
from goldseam.core.incident import OracleSpec
from goldseam.core.record import FileChange, RepairRecord
from goldseam.core.source import Span
from goldseam.store.records import open_store

counts = st.integers(0, 2**31 - 1)
shares = st.floats(0, 1)
texts = st.text(st.characters(), max_size=30)
bounds = st.tuples(counts, counts).map(sorted)
seen_faults = st.builds(
    Fault,
    st.sampled_from(Code),
    texts,
    bounds.map(lambda pair: Span(*pair)),
    texts,
    texts,
    shares,
    texts,
)
file_changes = st.builds(FileChange, texts, st.binary(max_size=50), st.binary(max_size=50))
oracles = st.builds(
    OracleSpec,
    st.none() | texts,
    st.none() | texts,
    st.none() | st.binary(max_size=50),
    st.dictionaries(texts, texts, max_size=2),
)
records = st.builds(
    RepairRecord,
    repair_id=texts,
    created_at=st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda t: t.replace(tzinfo=UTC)),
    project=texts,
    path=texts,
    fingerprint=texts,
    symptom=texts,
    outcome=texts,
    reason=st.none() | texts,
    faults=st.lists(seen_faults, max_size=3).map(tuple),
    changes=st.lists(file_changes, max_size=3).map(tuple),
    description=texts,
    confidence=shares,
    rung=st.none() | texts,
    fixer=st.none() | texts,
    attempts=counts,
    candidates=counts,
    tokens=st.builds(Tokens, counts, counts),
    seconds=st.floats(0, 1e6),
    oracle=oracles,
    checks=st.lists(st.tuples(texts, st.booleans()), max_size=3).map(tuple),
    evidence=texts,
    sandbox_level=texts,
    versions=st.dictionaries(texts, texts, max_size=3),
)


@pytest.fixture(scope="module")
def shared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store") / "goldseam.db"


@settings(max_examples=100, deadline=None)
@given(record=records)
def test_every_record_comes_back_as_it_was(shared_file: Path, record: RepairRecord) -> None:
    fresh = replace(record, repair_id=f"{uuid4()}{record.repair_id}")
    with open_store(shared_file) as store:
        store.remember(fresh)
    with open_store(shared_file) as store:
        assert store.get(fresh.repair_id).record == fresh


def test_remembering_twice_is_free(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
        store.remember(replace(record, outcome="unhealed"))
        assert [each.record for each in store.recent(10)] == [record]


def test_the_same_bytes_are_stored_once(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        for name in "abc":
            store.remember(replace(record, repair_id=name))
    with closing(sqlite3.connect(file)) as connection:
        stored = {data for (data,) in connection.execute("select data from contents")}
        assert connection.execute("select count(*) from contents").fetchone() == (4,)
    assert stored == {b"def f()\n", b"def f():\n", b"x", b"Sum: 15"}


def test_recent_is_newest_first_and_limited(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        for hour in (2, 5, 1, 4):
            moment = record.created_at + timedelta(hours=hour)
            store.remember(replace(record, repair_id=str(hour), created_at=moment))
        assert [each.record.repair_id for each in store.recent(3)] == ["5", "4", "2"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param("a_b/job.py", {"folder"}, id="the symptom's file"),
        pytest.param("lib.py", {"folder", "plain", "failed"}, id="a file that was changed"),
        pytest.param("a_b", {"folder"}, id="a folder"),
        pytest.param("a%", set(), id="no wildcards"),
        pytest.param("aXb", {"plain"}, id="an underscore is no wildcard"),
        pytest.param("a", set(), id="no part of a name"),
    ],
)
def test_recent_by_path(file: Path, record: RepairRecord, path: str, found: set[str]) -> None:
    with open_store(file) as store:
        store.remember(replace(record, repair_id="folder", path="a_b/job.py"))
        store.remember(replace(record, repair_id="plain", path="aXb/job.py"))
        store.remember(replace(record, repair_id="failed", outcome="unhealed"))
        assert {each.record.repair_id for each in store.recent(10, path=path)} == found


def test_recent_by_outcome(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
        store.remember(replace(record, repair_id="failed", outcome="unhealed"))
        assert [each.record.repair_id for each in store.recent(10, outcome="unhealed")] == ["failed"]


def test_more_repairs_than_one_query_names(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        for number in range(510):
            change = FileChange("job.py", b"%d" % number, b"after %d" % number)
            store.remember(replace(record, repair_id=str(number), changes=(change,)))
        found = {each.record.repair_id: each.record for each in store.recent(1000)}
    assert len(found) == 510
    assert all(found[str(n)].changes[0].after == b"after %d" % n for n in range(510))
    assert all(len(each.faults) == 2 for each in found.values())


def test_a_unique_prefix_is_enough(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        for name in ("abc", "abd", "ab", "ABCD", "x_y", "xzy"):
            store.remember(replace(record, repair_id=name))
        wanted = {"abc": "abc", "abd": "abd", "ab": "ab", "ABC": "ABCD", "x_": "x_y", "xz": "xzy"}
        assert {prefix: store.get(prefix).record.repair_id for prefix in wanted} == wanted


@pytest.mark.parametrize("prefix", ["a", ""])
def test_an_ambiguous_prefix_names_the_candidates(file: Path, record: RepairRecord, prefix: str) -> None:
    with open_store(file) as store:
        for name in ("abc", "abd"):
            store.remember(replace(record, repair_id=name))
        with pytest.raises(UsageError, match="'abc', 'abd'"):
            store.get(prefix)


def test_an_unknown_id_names_the_newest(file: Path, record: RepairRecord) -> None:
    with open_store(file) as store:
        store.remember(record)
        with pytest.raises(UsageError, match=r"no repair 'zz'; the newest are '3f2a9c'"):
            store.get("zz")
        with pytest.raises(UsageError, match="'zz'"):
            store.mark_reverted("zz", datetime.now(UTC))


def test_a_revert_is_noted(file: Path, record: RepairRecord) -> None:
    moment = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
    with open_store(file) as store:
        store.remember(record)
        assert store.get("3f").reverted_at is None
        store.mark_reverted(record.repair_id, moment)
        assert store.get("3f").reverted_at == moment
        assert store.get("3f").record == record


def test_reading_creates_nothing(file: Path) -> None:
    with open_store(file) as store:
        assert store.recent(10) == ()
        with pytest.raises(UsageError, match="no repair is recorded"):
            store.get("a")
        with pytest.raises(UsageError, match="no repair is recorded"):
            store.mark_reverted("a", datetime.now(UTC))
    assert list(file.parent.parent.iterdir()) == []
