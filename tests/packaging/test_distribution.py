"""The wheel holds what runs, the version is written once, the pages say what `make` does."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import goldseam

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "goldseam"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("goldseam/")}
    tree = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == tree
    assert "goldseam/py.typed" in packed


def test_the_wheel_carries_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry_points = next(name for name in names if name.endswith(".dist-info/entry_points.txt"))
        assert "goldseam = goldseam.cli.main:main" in archive.read(entry_points).decode()
    assert any(name.endswith("/licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_pip_install_in_a_new_environment_gives_the_command(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "new")], check=True)
    programs = tmp_path / "new" / "bin"
    subprocess.run([programs / "pip", "install", "--quiet", str(ROOT)], check=True)
    shown = subprocess.run([programs / "goldseam", "--help"], capture_output=True, text=True, check=True)
    assert "goldseam heal" in shown.stdout


def test_the_version_is_written_once() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" not in settings["project"]
    assert settings["project"]["dynamic"] == ["version"]
    hits = [path for path in PACKAGE.rglob("*.py") if f'"{goldseam.__version__}"' in path.read_text()]
    assert hits == [PACKAGE / "__init__.py"]


def test_the_change_log_knows_the_version() -> None:
    assert f"## {goldseam.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_only_targets_that_exist(page: Path) -> None:
    named = set(re.findall(r"`make ([a-z-]+)", page.read_text()))
    named |= set(re.findall(r"^make ([a-z-]+)", page.read_text(), re.MULTILINE))
    assert {name for name in named if not name.startswith("bench-")} <= make_targets()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_first_screen_of_the_readme_has_the_commands() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:40])
    for command in ("make demo", "make test", "pip install .", "goldseam heal "):
        assert command in first_screen


def test_the_readme_names_every_command_and_option_of_heal() -> None:
    from goldseam.cli.heal import command
    from goldseam.cli.main import COMMANDS

    readme = (ROOT / "README.md").read_text()
    options = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    assert {name for name in COMMANDS if f"goldseam {name}" not in readme} == set()
    assert {name for name in options if name not in readme} == set()


def test_the_lock_holds_no_address_and_no_machine_path() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert not re.findall(r"https?://|file:|(?:^|\s)(?:/|\.\./)\S+", lock)
    assert lock.count("==") <= lock.count("--hash=sha256:")


def test_every_dependency_is_in_the_lock() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = list(settings["project"]["dependencies"])
    wanted += [line for extra in settings["project"]["optional-dependencies"].values() for line in extra]
    wanted += [line for group in settings["dependency-groups"].values() for line in group]
    names = {re.split(r"[\[<>=;~! ]", line)[0].lower() for line in wanted} - {"goldseam"}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert names <= locked


OF_THE_PROJECT = {"pytest", "_pytest"}
"""What workers import in the interpreter of the project under repair, where that has started it."""


def imported_packages() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                found.add(node.module.partition(".")[0])
    beside_each_other = {path.stem for path in (PACKAGE / "languages" / "workers").glob("*.py")}
    return found - sys.stdlib_module_names - beside_each_other - OF_THE_PROJECT - {"goldseam"}


def test_everything_imported_is_a_declared_dependency() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*settings["dependencies"], *settings["optional-dependencies"]["cloud"]]
    declared = {re.split(r"[\[<>=;~! ]", line)[0].lower() for line in lines}
    of_package = packages_distributions()
    undeclared = {
        name for name in imported_packages() if not declared & {d.lower() for d in of_package.get(name, ())}
    }
    assert undeclared <= {"anthropic", "google"}, "the extra `cloud` brings these two, nothing else"
