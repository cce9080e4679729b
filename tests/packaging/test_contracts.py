"""Each import contract catches a violation planted in a copy of the tree."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

VIOLATIONS = {
    "layers": ("verify/planted.py", "import goldseam.propose"),
    "core": ("core/planted.py", "import os"),
    "propose": ("propose/planted.py", "import goldseam.sandbox"),
    "processes": ("languages/planted.py", "import subprocess"),
    "sql": ("learn/planted.py", "import sqlalchemy.orm"),
    "model-sdks": ("cli/planted.py", "import openai"),
    "terminal": ("pipeline.py", "import click"),
    "providers": ("models/providers/planted.py", "import goldseam.models.providers.planted_too"),
    "analyzers": ("diagnose/analyzers/planted.py", "import goldseam.diagnose.analyzers.planted_too"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "src" / "goldseam", tmp_path / "src" / "goldseam", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def lint_imports(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def plant(tree: Path, place: str, line: str) -> None:
    path = tree / "src" / "goldseam" / place
    before = path.read_text() if path.exists() else '"""Planted."""\n'
    path.write_text(f"{before}\n{line}\n")
    target = line.removeprefix("import ")
    if target.endswith("planted_too"):
        (tree / "src" / Path(*target.split("."))).with_suffix(".py").write_text('"""Planted."""\n')


def contract_ids() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["id"] for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_contract_has_a_planted_violation() -> None:
    assert set(VIOLATIONS) == contract_ids()


def test_the_tree_keeps_all_contracts(tree: Path) -> None:
    result = lint_imports(tree)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_violation_is_caught(tree: Path, contract: str) -> None:
    place, line = VIOLATIONS[contract]
    plant(tree, place, line)
    result = lint_imports(tree, "--contract", contract)
    planted = place.removesuffix(".py").replace("/", ".")
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"goldseam.{planted} -> {line.removeprefix('import ').removesuffix('.orm')}" in result.stdout


def test_a_new_top_level_module_needs_a_layer(tree: Path) -> None:
    plant(tree, "helpers.py", "import json")
    result = lint_imports(tree, "--contract", "layers")
    assert result.returncode == 1
    assert "helpers" in result.stdout + result.stderr


def test_propose_must_not_reach_the_models_by_a_detour(tree: Path) -> None:
    plant(tree, "core/planted.py", "import goldseam.models")
    plant(tree, "propose/planted.py", "import goldseam.core.planted")
    result = lint_imports(tree, "--contract", "propose")
    assert result.returncode == 1
    assert "goldseam.propose.planted -> goldseam.core.planted" in result.stdout
