"""Sources and their order, mistakes and their sentences, origins, and what a project's files loosen."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goldseam.config import (
    Config,
    keys,
    load,
    load_with_origins,
    problems,
    project_root,
    template,
    toml_value,
)
from goldseam.core.errors import ConfigurationError


def write(root: Path, goldseam: str = "", pyproject: str = "") -> Path:
    (root / "goldseam.toml").write_text(goldseam)
    (root / "pyproject.toml").write_text(pyproject)
    return root


def test_defaults(tmp_path: Path) -> None:
    config = load(tmp_path, {})
    assert config == Config()
    limits = config.limits
    assert (limits.attempts, limits.tokens, limits.seconds, limits.command_seconds) == (12, 40_000, 300, 60)
    assert (limits.memory_mb, limits.processes, limits.disk_mb, limits.output_mb) == (2048, 256, 512, 1)
    assert (config.models.chain, config.models.entries["local"].provider) == (("local",), "local")
    assert (config.sandbox.level, config.sandbox.uid) == ("auto", 64321)


def test_each_source_wins_over_the_one_before(tmp_path: Path) -> None:
    write(
        tmp_path,
        "[limits]\nattempts = 2\ntokens = 2\n",
        "[tool.goldseam.limits]\nattempts = 1\ntokens = 1\nseconds = 1\n",
    )
    loaded = load_with_origins(tmp_path, {"GOLDSEAM_LIMITS__ATTEMPTS": "3"})
    limits = loaded.config.limits
    assert (limits.attempts, limits.tokens, limits.seconds, limits.memory_mb) == (3, 2, 1, 2048)
    assert dict(loaded.origins) == {
        "limits.attempts": "GOLDSEAM_LIMITS__ATTEMPTS",
        "limits.tokens": "goldseam.toml",
        "limits.seconds": "pyproject.toml",
    }


def test_pyproject_of_another_tool_is_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, pyproject="[project]\nname = 'x'\n[tool.ruff]\nline-length = 1\n")
    assert load(tmp_path, {}) == Config()


def test_frozen() -> None:
    config = Config()
    with pytest.raises(ValidationError):
        config.limits = config.limits  # type: ignore[misc]
    with pytest.raises(ValidationError):
        config.limits.attempts = 1  # type: ignore[misc]


def test_models_from_file_and_environment(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[models.entries.openai]\nmodel = "a"\nbase_url = "https://api.example/v1/"\n[models.entries.x]\n',
    )
    environ = {"GOLDSEAM_MODELS__CHAIN": "openai, local", "GOLDSEAM_MODELS__ENTRIES__OPENAI__MODEL": "b"}
    models = load(tmp_path, environ).models
    assert models.chain == ("openai", "local")
    assert set(models.entries) == {"local", "openai", "x"}
    openai = models.entries["openai"]
    assert (openai.provider, openai.model, openai.base_url) == ("openai", "b", "https://api.example/v1")


@pytest.mark.parametrize("text", ["a, b", '["a", "b"]', "a,b,"])
def test_lists_in_the_environment(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, {"GOLDSEAM_PROTECT__GLOBS": text}).protect.globs == ("a", "b")


def test_relative_model_path_is_the_projects(tmp_path: Path) -> None:
    write(tmp_path, '[models.entries.local]\npath = "models/x.gguf"\n')
    assert load(tmp_path, {}).models.entries["local"].path == tmp_path / "models" / "x.gguf"


MISTAKES = {
    "unknown key": ("[limits]\nsecnds = 5", "unknown key limits.secnds; did you mean limits.seconds?"),
    "unknown table": ("[limit]\n", "unknown key limit; did you mean limits?"),
    "key outside its table": ("attempts = 5", "unknown key attempts; did you mean limits.attempts?"),
    "unknown nested key": (
        '[models.entries.work]\nmodle = "x"',
        "unknown key models.entries.work.modle; did you mean models.entries.work.model?",
    ),
    "text for a number": ('[limits]\nseconds = "5"', "limits.seconds: expected a valid number"),
    "truth for a number": ("[limits]\nattempts = true", "limits.attempts: expected a valid integer"),
    "too small": ("[limits]\nattempts = 0", "limits.attempts: expected greater than or equal to 1"),
    "not a number": ("[limits]\nseconds = nan", "limits.seconds: expected"),
    "text for a list": ('[models]\nchain = "local"', "models.chain: expected an array"),
    "empty chain": ("[models]\nchain = []", "models.chain: expected at least one item"),
    "number for a table": ("limits = 3", "limits: expected a table"),
    "number for an entry": ("[models.entries]\nwork = 3", "models.entries.work: expected a table"),
    "unknown level": ('[sandbox]\nlevel = "none"', "sandbox.level: expected 'auto', 'bubblewrap'"),
    "relative path": (
        '[sandbox]\nextra_read_only = ["x"]',
        "sandbox.extra_read_only: expected absolute paths",
    ),
    "service elsewhere": (
        '[sandbox]\nallow = ["10.0.0.1:80"]',
        "sandbox.allow: '10.0.0.1:80' is not an address of this machine's loopback with a port",
    ),
    "no address": (
        '[models.entries.w]\nbase_url = "localhost:1"',
        "models.entries.w.base_url: expected an address",
    ),
    "broken": ("[limits]\nx = = 3", "not valid TOML: Invalid value (at line 2, column 5)"),
    "twice": ("[limits]\nseconds = 1\nseconds = 2\n", "not valid TOML"),
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_name_file_and_key(tmp_path: Path, text: str, sentence: str) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, {})
    assert str(caught.value).startswith("goldseam.toml: ")
    assert sentence in str(caught.value)


def test_pyproject_is_named_too(tmp_path: Path) -> None:
    write(tmp_path, pyproject="[tool.goldseam.limits]\nsecnds = 5")
    with pytest.raises(ConfigurationError, match=r"^pyproject\.toml: unknown key limits\.secnds"):
        load(tmp_path, {})


ENVIRONMENT_MISTAKES = {
    "unknown key": ("GOLDSEAM_LIMITS__SECNDS", "1", "did you mean GOLDSEAM_LIMITS__SECONDS?"),
    "one underscore": ("GOLDSEAM_LIMITS_SECONDS", "1", "did you mean GOLDSEAM_LIMITS__SECONDS?"),
    "unknown table": ("GOLDSEAM_LIMTS__SECONDS", "1", "did you mean GOLDSEAM_LIMITS__SECONDS?"),
    "no number": ("GOLDSEAM_LIMITS__SECONDS", "soon", "GOLDSEAM_LIMITS__SECONDS: expected a valid number"),
    "no table": ("GOLDSEAM_LIMITS", "soon", "GOLDSEAM_LIMITS: expected a table"),
    "no list": ("GOLDSEAM_PROTECT__GLOBS", '["a', "GOLDSEAM_PROTECT__GLOBS: expected a list"),
}


@pytest.mark.parametrize(
    ("name", "value", "sentence"), ENVIRONMENT_MISTAKES.values(), ids=ENVIRONMENT_MISTAKES
)
def test_mistakes_in_the_environment(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^environment: ") as caught:
        load(tmp_path, {name: value})
    assert sentence in str(caught.value)


SECRET = "sk-abcdef-0123456789"


@pytest.mark.parametrize(
    ("text", "environ"),
    [
        (f'[models.entries.w]\napi_key = "{SECRET}"', {}),
        (f'[models.entries.w]\ntoken = "{SECRET}"', {}),
        (f'[models.entries.w]\napi_key_env = "{SECRET}"', {}),
        (f'[models.entries.w]\nbase_url = "https://me:{SECRET}@host/v1"', {}),
        (f'[models.entries.w]\nbase_url = "https://host/v1?key={SECRET}"', {}),
        (f'[models.entries.w]\nmax_tokens = "{SECRET}"', {}),
        (f'x = "{SECRET}" "{SECRET}"', {}),
        ("", {"GOLDSEAM_MODELS__ENTRIES__W__API_KEY": SECRET}),
        ("", {"GOLDSEAM_API_KEY": SECRET}),
        ("", {"GOLDSEAM_LIMITS__SECONDS": SECRET}),
    ],
)
def test_keys_are_refused_and_never_shown(tmp_path: Path, text: str, environ: dict[str, str]) -> None:
    write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, environ)
    assert SECRET not in str(caught.value)
    assert SECRET not in repr(problems(tmp_path, environ))


def test_variable_that_holds_a_key_may_have_our_prefix(tmp_path: Path) -> None:
    write(tmp_path, '[models.entries.w]\nprovider = "openai"\napi_key_env = "GOLDSEAM_WORK_KEY"\n')
    assert problems(tmp_path, {"GOLDSEAM_WORK_KEY": SECRET}) == ()


def test_all_problems_are_listed_and_the_first_raised_counts_them(tmp_path: Path) -> None:
    write(tmp_path, "[limits]\na = 1\nb = 2\n", "[tool.goldseam]\nc = 3\n")
    assert len(problems(tmp_path, {"GOLDSEAM_D": "4"})) == 4
    with pytest.raises(ConfigurationError, match=r"\(and 3 more: goldseam config check\)"):
        load(tmp_path, {"GOLDSEAM_D": "4"})


def test_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "goldseam.toml").write_bytes(b"[limits]\n# \xe9\n")
    with pytest.raises(ConfigurationError, match=r"goldseam\.toml: not UTF-8"):
        load(tmp_path, {})


def test_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    (tmp_path / "goldseam.toml").write_bytes(b"\xef\xbb\xbf[limits]\nattempts = 3\n")
    assert load(tmp_path, {}).limits.attempts == 3


def test_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "goldseam.toml").mkdir()
    with pytest.raises(ConfigurationError, match=r"goldseam\.toml: cannot be read"):
        load(tmp_path, {})


LOOSENING = {
    "sandbox.level turns isolation off": '[sandbox]\nlevel = "plain"',
    "sandbox.extra_read_only": '[sandbox]\nextra_read_only = ["/etc"]',
    "sandbox.uid": "[sandbox]\nuid = 1000",
    "sends code to evil.example": '[models.entries.w]\nbase_url = "https://evil.example/v1"',
    "sends the value of AWS_SECRET to evil.example": (
        '[models.entries.w]\nbase_url = "https://evil.example/v1"\napi_key_env = "AWS_SECRET"'
    ),
    "loads a model file": '[models.entries.local]\npath = "x.gguf"',
}


@pytest.mark.parametrize(("sentence", "text"), LOOSENING.items())
def test_what_a_projects_file_loosens_is_told(tmp_path: Path, sentence: str, text: str) -> None:
    write(tmp_path, text)
    loosened = load_with_origins(tmp_path, {}).loosened
    assert any(sentence in told and told.startswith("goldseam.toml: ") for told in loosened)


def test_owners_environment_and_loopback_loosen_nothing(tmp_path: Path) -> None:
    write(
        tmp_path, '[models.entries.w]\nbase_url = "http://127.0.0.1:1234/v1"\n[sandbox]\nlevel = "bubblewrap"'
    )
    assert load_with_origins(tmp_path, {"GOLDSEAM_SANDBOX__EXTRA_READ_ONLY": "/opt"}).loosened == ()


@pytest.mark.parametrize(
    "marker", ["goldseam.toml", "pyproject.toml", "package.json", "composer.json", ".git"]
)
def test_project_root_is_the_nearest_marked_folder(tmp_path: Path, marker: str) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / marker).touch()
    (inner / "job.py").touch()
    assert project_root(inner / "job.py") == tmp_path / "a"
    assert project_root(inner) == tmp_path / "a"
    assert project_root(inner / "missing.py") == tmp_path / "a"


def test_project_root_without_marks_is_the_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "job.py").touch()
    if project_root(tmp_path.parent) == tmp_path.parent:
        assert project_root(tmp_path / "job.py") == tmp_path


def test_template_is_valid_and_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, template())
    assert load(tmp_path, {}) == Config()


def test_template_without_its_comment_marks_is_valid_and_names_every_key(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("# ") for line in template().splitlines() if " = " in line or "[models." in line
    ]
    tables = [line for line in template().splitlines() if line.startswith("[")]
    kept = [line for line in lines if not line[0].isupper()]
    text = "\n".join(
        line.removeprefix("# ")
        for line in template().splitlines()
        if line.startswith("[") or line.removeprefix("# ") in kept
    )
    write(tmp_path, text)
    loaded = load_with_origins(tmp_path, {})
    assert {key.replace("entries.work", "entries.NAME") for key in loaded.origins} == set(keys()) - {
        "models.entries"
    }
    assert len(tables) == len(Config.model_fields)


SCALARS = st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = SCALARS | st.lists(SCALARS, max_size=2)


@given(st.dictionaries(st.sampled_from([*keys(), "limits", "models.entries.w.x", "x.y"]), VALUES, max_size=4))
def test_any_file_gives_a_configuration_or_sentences(tmp_path_factory: Any, values: dict[str, Any]) -> None:
    root = tmp_path_factory.mktemp("project")
    write(root, "\n".join(f"{key} = {toml_value(value)}" for key, value in values.items()))
    found = problems(root, {})
    assert found or load(root, {})
    assert all(sentence.startswith("goldseam.toml: ") for sentence in found)


@given(
    st.dictionaries(
        st.sampled_from([key.replace(".", "__").upper() for key in keys()]), st.text(), max_size=3
    )
)
def test_any_environment_gives_a_configuration_or_sentences(
    tmp_path_factory: Any, values: dict[str, str]
) -> None:
    root = tmp_path_factory.getbasetemp()
    environ = {f"GOLDSEAM_{name}": value for name, value in values.items()}
    found = problems(root, environ)
    assert found or load(root, environ)
    assert all(sentence.startswith("environment: ") for sentence in found)
