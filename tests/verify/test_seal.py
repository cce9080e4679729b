"""The seal: what judges stays what it was; what a living program writes may grow."""

from pathlib import Path

import pytest

from goldseam.land.policy import DATA, is_protected
from goldseam.verify.seal import Seal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("job.py", "test_job.py", "pyproject.toml", "service.log", "tests/data.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


def sealed(project: Path) -> Seal:
    return Seal.over(project, is_protected, data=DATA)


@pytest.mark.parametrize("name", ["test_job.py", "pyproject.toml", "tests/data.json"])
def test_a_change_of_what_judges_breaks_it(project: Path, name: str) -> None:
    seal = sealed(project)
    (project / name).write_text("after!")
    assert seal.broken() == (name,)


def test_a_test_that_is_gone_breaks_it(project: Path) -> None:
    seal = sealed(project)
    (project / "test_job.py").unlink()
    assert seal.broken() == ("test_job.py",)


@pytest.mark.parametrize("name", ["service.log", "job.py"])
def test_a_log_may_grow_and_a_source_is_not_sealed(project: Path, name: str) -> None:
    seal = sealed(project)
    (project / name).write_text("before and after")
    assert seal.broken() == ()


def test_no_run_may_write_what_judges_and_data_is_told_apart(project: Path) -> None:
    written = ("job.py", "test_job.py", "service.log", "pyproject.toml", ".pytest_cache/v/cache/lastfailed")
    assert sealed(project).touched(written) == ("test_job.py", "pyproject.toml")
    assert sealed(project).data_among(written) == ("service.log",)
