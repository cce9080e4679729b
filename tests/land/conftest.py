"""A project in a temporary folder and landing in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from goldseam.core.source import Snapshot
from goldseam.land.landing import FileLanding
from goldseam.store.journal import SqliteJournal


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    (root / "job.py").write_bytes(b"print(1)\n")
    return root


@pytest.fixture
def landing(root: Path) -> FileLanding:
    return FileLanding(root, SqliteJournal)


@pytest.fixture
def land(landing: FileLanding) -> Callable[..., Snapshot]:
    """Lands `changes` over the files as they are; the snapshot before."""

    def land(repair_id: str, changes: dict[str, bytes], accepted: bool = True) -> Snapshot:
        before = landing.read(list(changes))
        landing.land(repair_id, before, Snapshot(changes), lambda: accepted)
        return before

    return land
