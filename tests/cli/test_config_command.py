"""`goldseam config init|show|check`, run as the user runs it."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from goldseam.cli.main import run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GOLDSEAM_")]:
        monkeypatch.delenv(name)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_init_writes_a_file_that_changes_nothing(project: Path, capsys: Any) -> None:
    assert run(["config", "init"]) == 0
    written = project / "goldseam.toml"
    tables = "limits models oracle sandbox protect jobs"
    assert set(tomllib.loads(written.read_text())) == set(tables.split())
    assert str(written) in capsys.readouterr().err
    assert run(["config", "check"]) == 0
    assert names(project) == {".git", "goldseam.toml"}


def test_init_writes_into_the_projects_root(project: Path, monkeypatch: Any) -> None:
    inner = project / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert run(["config", "init"]) == 0
    assert (project / "goldseam.toml").exists()


def test_init_refuses_to_overwrite(project: Path, capsys: Any) -> None:
    (project / "goldseam.toml").write_text("[limits]\nattempts = 3\n")
    assert run(["config", "init"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (project / "goldseam.toml").read_text() == "[limits]\nattempts = 3\n"
    assert names(project) == {".git", "goldseam.toml"}


def test_init_overwrites_by_force(project: Path) -> None:
    (project / "goldseam.toml").write_text("broken [")
    assert run(["config", "init", "--force"]) == 0
    assert run(["config", "check"]) == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_init_in_a_folder_that_cannot_be_written(project: Path, capsys: Any) -> None:
    project.chmod(0o555)
    assert run(["config", "init"]) == 2
    project.chmod(0o755)
    assert "cannot be written" in capsys.readouterr().err


def test_show_tells_values_and_origins(project: Path, monkeypatch: Any, capsys: Any) -> None:
    (project / "goldseam.toml").write_text("[limits]\nattempts = 3\n")
    (project / "pyproject.toml").write_text("[tool.goldseam.limits]\nattempts = 9\nmemory_mb = 512\n")
    monkeypatch.setenv("GOLDSEAM_LIMITS__SECONDS", "12.5")
    assert run(["config", "show"]) == 0
    lines = {line.split("=")[0].strip(): line for line in capsys.readouterr().out.splitlines()}
    assert lines["limits.attempts"].split("=")[1].split() == ["3", "#", "goldseam.toml"]
    assert lines["limits.memory_mb"].endswith("= 512   # pyproject.toml")
    assert lines["limits.seconds"].endswith("= 12.5   # GOLDSEAM_LIMITS__SECONDS")
    assert lines["limits.tokens"].endswith("= 40000")


def test_show_as_json_is_one_document(project: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setenv("GOLDSEAM_MODELS__ENTRIES__WORK__PROVIDER", "openai")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    assert run(["config", "show", "--json"]) == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    settings = {row["key"]: (row["value"], row["origin"]) for row in document["settings"]}
    assert (document["schema"], document["error"]) == ("goldseam/1", None)
    assert settings["models.entries.work.provider"] == ("openai", "GOLDSEAM_MODELS__ENTRIES__WORK__PROVIDER")
    assert settings["models.chain"] == (["local"], "default")
    assert "sk-secret-123" not in printed.out + printed.err


def test_show_tells_what_a_project_loosens(project: Path, capsys: Any) -> None:
    (project / "goldseam.toml").write_text('[sandbox]\nlevel = "plain"\n')
    assert run(["config", "show"]) == 0
    assert "note: goldseam.toml: sandbox.level turns isolation off" in capsys.readouterr().err


def test_check_lists_every_problem(project: Path, monkeypatch: Any, capsys: Any) -> None:
    (project / "goldseam.toml").write_text('[limits]\nsecnds = 5\nattempts = "many"\n')
    monkeypatch.setenv("GOLDSEAM_LIMTS__SECONDS", "5")
    assert run(["config", "check"]) == 2
    assert capsys.readouterr().out.splitlines() == [
        "goldseam.toml: limits.attempts: expected a valid integer",
        "goldseam.toml: unknown key limits.secnds; did you mean limits.seconds?",
        "environment: unknown variable GOLDSEAM_LIMTS__SECONDS; did you mean GOLDSEAM_LIMITS__SECONDS?",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[models]\nchain = ["wrok"]\n', "models.chain: model: nothing is called 'wrok'"),
        (
            '[models.entries.work]\nprovider = "opnai"\n',
            "models.entries.work.provider: nothing is called 'opnai'",
        ),
    ],
)
def test_check_knows_models_and_providers(project: Path, capsys: Any, text: str, problem: str) -> None:
    (project / "goldseam.toml").write_text(text)
    assert run(["config", "check"]) == 2
    assert problem in capsys.readouterr().out


def test_check_notes_a_missing_key(project: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (project / "goldseam.toml").write_text('[models]\nchain = ["openai:gpt"]\n')
    assert run(["config", "check"]) == 0
    assert "OPENAI_API_KEY is not set" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[limits]\nsecnds = 5\n", "[limits\n", ""])
def test_check_as_json_is_one_document(project: Path, capsys: Any, text: str) -> None:
    (project / "goldseam.toml").write_text(text)
    code = run(["config", "check", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert code == (2 if text else 0)
    assert (document["error"] is None) == (code == 0)
    assert bool(document["problems"]) == (code == 2)


def test_broken_configuration_is_one_line_for_show(project: Path, capsys: Any) -> None:
    (project / "goldseam.toml").write_text("[limits]\nattempts = = 3\n")
    assert run(["config", "show"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "goldseam.toml: not valid TOML" in error
    assert "line 2" in error


def test_help_teaches_with_an_example(project: Path, capsys: Any) -> None:
    assert run(["config", "--help"]) == 0
    assert "goldseam config init" in capsys.readouterr().out
