"""Which files a command line means, and which incidents come of it."""

import os
from pathlib import Path

import pytest

from goldseam.core.errors import UsageError
from goldseam.core.incident import OracleSpec
from goldseam.core.observation import SyntaxProblem
from goldseam.core.source import Span
from goldseam.detect.failing_command import MAX_SOURCE_BYTES, Scope, incidents, scope_of
from goldseam.detect.scope import sources_below
from goldseam.land.policy import is_protected
from goldseam.languages.python import PYTHON


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("app.py", "src/a.py", "src/deep/b.py", "tests/test_a.py", "notes.md", ".venv/lib/x.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x = 1\n")
    return tmp_path.resolve()


def scope(root: Path, *names: str) -> Scope:
    return scope_of(root, [root / name for name in names], (PYTHON,), is_protected)


class Parser:
    """Implements `SyntaxChecker`: a file with a `(` does not parse."""

    def check(self, path: str, data: bytes) -> SyntaxProblem | None:
        return SyntaxProblem(path, Span(0, 1), "'(' was never closed") if b"(" in data else None


def paths(found: Scope, spec: OracleSpec, root: Path) -> list[tuple[str, ...]]:
    return [incident.paths for incident in incidents(found, spec, Parser(), root)]


def test_a_folder_means_the_sources_below_it_without_tests(root: Path) -> None:
    assert scope(root, ".").found == ("app.py", "src/a.py", "src/deep/b.py")
    assert scope(root, "src").found == ("src/a.py", "src/deep/b.py")


def test_a_named_file_is_kept_apart_from_found_ones(root: Path) -> None:
    both = scope(root, "app.py", ".")
    assert both.named == ("app.py",)
    assert both.files == ("app.py", "src/a.py", "src/deep/b.py")


def test_a_named_test_is_refused_and_told(root: Path) -> None:
    found = scope(root, "app.py", "tests/test_a.py")
    assert found.named == ("app.py",)
    assert [(refusal.path, str(refusal.declined.reason)) for refusal in found.refused] == [
        ("tests/test_a.py", "protected")
    ]


def test_the_largest_source_that_is_taken(root: Path) -> None:
    (root / "app.py").write_bytes(b"#" * MAX_SOURCE_BYTES)
    assert scope(root, "app.py").named == ("app.py",)
    (root / "app.py").write_bytes(b"#" * (MAX_SOURCE_BYTES + 1))
    assert scope(root, "app.py").refused[0].declined.message == "app.py: larger than 2 MB"


def test_a_folder_without_sources(root: Path) -> None:
    (root / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no source files below .*empty: goldseam heals \.py, \.pyw"):
        scope(root, "empty")


@pytest.mark.parametrize("name", ["nowhere.py", "app.py/x", "../../etc/passwd"])
def test_no_such_path(root: Path, name: str) -> None:
    with pytest.raises(UsageError):
        scope(root, name)


def test_without_a_command_each_broken_file_is_an_incident(root: Path) -> None:
    (root / "src/a.py").write_text("x = (\n")
    assert paths(scope(root, "."), OracleSpec(), root) == [("src/a.py",)]


def test_a_named_file_is_an_incident_even_if_it_parses(root: Path) -> None:
    assert paths(scope(root, "app.py", "src"), OracleSpec(), root) == [("app.py",)]


def test_with_a_command_all_files_are_one_incident(root: Path) -> None:
    (incident,) = incidents(scope(root, "src", "app.py"), OracleSpec(test="pytest -q"), Parser(), root)
    assert incident.path == "app.py"
    assert set(incident.paths) == {"app.py", "src/a.py", "src/deep/b.py"}
    assert incident.symptom == "'pytest -q' fails"


def test_names_are_relative_to_the_project_from_wherever_it_is_called(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "src/deep")
    assert scope_of(root, [Path("b.py"), Path("../a.py")], (PYTHON,), is_protected).named == (
        "src/deep/b.py",
        "src/a.py",
    )


def test_pipes_links_out_and_generated_folders_are_no_sources(root: Path) -> None:
    os.mkfifo(root / "pipe.py")
    (root / "out.py").symlink_to("/etc/passwd")
    (root / "dangling.py").symlink_to("nowhere")
    (root / "build").mkdir()
    (root / "build/x.py").write_text("")
    names = [file.relative_to(root).as_posix() for file in sources_below(root, (PYTHON,))]
    assert names == ["app.py", "src/a.py", "src/deep/b.py", "tests/test_a.py"]
