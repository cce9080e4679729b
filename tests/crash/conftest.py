"""The crash tests share their harness with `make crash-test`, which lives in `bench/`."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[2] / "bench"), str(Path(__file__).parent)]


@pytest.fixture
def tree() -> Iterator[Path]:
    """A folder in memory where extended attributes work, else any temporary one."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    yield folder / "tree"
    shutil.rmtree(folder)
