"""`goldseam model` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def goldseam(tmp_path):
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "work").mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "goldseam", "model", *arguments],
            cwd=tmp_path / "work",
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_without_a_model_path_fails_and_says_how_to_get_it(goldseam):
    done = goldseam("path")
    assert (done.returncode, done.stdout) == (1, "")
    assert "goldseam model pull" in done.stderr
    done = goldseam("path", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (1, {"schema": "goldseam-model/1", "path": None})


def test_list_shows_what_is_known_and_what_is_not_here(goldseam):
    done = goldseam("list")
    assert done.returncode == 0
    assert "qwen2.5-coder-1.5b-instruct-q4_k_m\t1,117 MB\t-\tnot here; goldseam model pull" in done.stdout
    (model,) = json.loads(goldseam("list", "--json").stdout)["models"]
    assert (model["path"], model["verified"]) == (None, False)


def test_pull_from_a_hub_list_and_pull_again(goldseam, hub, tmp_path):
    done = goldseam("pull", "owner/tiny/tiny.gguf", "--base-url", hub.url)
    assert done.returncode == 0, done.stderr
    path = Path(done.stdout.strip())
    assert path.read_bytes() == hub.data
    assert path.parent == tmp_path / "cache" / "goldseam" / "models"
    assert f"names sha256 {hub.weights.sha256}" in done.stderr
    assert "verifying" in done.stderr
    again = goldseam("pull", "owner/tiny/tiny.gguf", "--json", HF_ENDPOINT=hub.url)
    (model,) = json.loads(again.stdout)["models"]
    assert model == {
        "name": "tiny",
        "sha256": hub.weights.sha256,
        "size": len(hub.data),
        "path": str(path),
        "verified": True,
    }
    assert len(hub.ranges) == 1
    assert "tiny\t3 MB\tverified" in goldseam("list").stdout


def test_a_pull_that_fails_is_one_line(goldseam, hub):
    done = goldseam("pull", "owner/tiny/other.gguf", "--base-url", hub.url)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "HTTP 404" in done.stderr


def test_an_unknown_model_is_a_usage_error(goldseam):
    done = goldseam("pull", "gpt-9")
    assert done.returncode == 2
    assert "known: qwen2.5-coder-1.5b-instruct-q4_k_m" in done.stderr


def test_test_runs_another_file_and_fails_if_its_answer_is_nonsense(goldseam, tiny_model):
    done = goldseam("test", "--model-path", str(tiny_model), "--json")
    assert done.returncode == 1, done.stderr
    document = json.loads(done.stdout)
    assert document["model"] == "tiny-llama"
    assert document["repaired"] is False
    assert document["load_seconds"] > 0
    assert document["generated_tokens_per_second"] > 0
    assert "wrote" in goldseam("test", "--model-path", str(tiny_model)).stdout


def test_test_refuses_what_is_no_gguf(goldseam, tmp_path):
    (tmp_path / "model.pt").write_bytes(b"PK")
    done = goldseam("test", "--model-path", str(tmp_path / "model.pt"))
    assert done.returncode == 2
    assert "not a GGUF file" in done.stderr


def test_help_teaches_with_an_example(goldseam):
    assert "goldseam model pull --source huggingface" in goldseam("pull", "--help").stdout
