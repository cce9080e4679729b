"""Holes filled by a server on loopback: samples, what they cost, and models that fill none."""

from typing import Any

import pytest

from goldseam.config import ModelEntry
from goldseam.core.budget import Tokens
from goldseam.core.errors import ModelAnswerUnusable
from goldseam.core.hole import Hole
from goldseam.core.ports import Question
from goldseam.core.redaction import Redactor
from goldseam.models.chain import ModelChain, Named, Outgoing, build_model

BESIDE = (("t.py", "f(2)"),)
HOLE = Hole("def f(x):\n", "\n\nf(1)\n", 40, 0.8, 20.0, stop=("\nf",), samples=2, seed=5, beside=BESIDE)
LOCAL = Named("local", ModelEntry(provider="local"))


class Served:
    """Where the embedded server would listen."""

    api_key = "local-key"
    model = "tiny"

    def __init__(self, url: str) -> None:
        self.base_url = f"{url}/v1"


class Embedded:
    def __init__(self, url: str) -> None:
        self.url = url

    def start(self) -> Served:
        return Served(self.url)

    def adapt(self) -> bool:
        return False

    def close(self) -> None:
        pass


def chain_at(url: str, *named: Named, outgoing: Outgoing | None = None) -> ModelChain:
    return build_model(named or (LOCAL,), lambda _: Embedded(url), {}, outgoing=outgoing)


def wrote(text: str, read: int, stop_type: str = "word") -> dict[str, Any]:
    return {
        "content": text,
        "tokens_predicted": 3,
        "stop_type": stop_type,
        "truncated": False,
        "timings": {"prompt_n": read},
    }


def test_samples_of_one_reading(loopback: Any) -> None:
    loopback.script = [loopback.says(wrote("    return x\n", 30)), loopback.says(wrote("    return 1\n", 1))]
    announced: list[Question] = []
    chain = chain_at(loopback.url, outgoing=Outgoing(Redactor(), announced.append))
    assert chain.can_infill
    filling = chain.fill(HOLE)
    chain.close()
    assert filling.texts == ("    return x\n", "    return 1\n")
    assert filling.tokens == Tokens(31, 6)
    assert filling.model == "local:tiny"
    assert announced == [HOLE]
    first, second = loopback.requests
    assert first.path == "/infill"
    assert first.headers["authorization"] == "Bearer local-key"
    assert (first.body["input_prefix"], first.body["input_suffix"]) == (HOLE.prefix, HOLE.suffix)
    assert first.body["input_extra"] == [{"filename": "t.py", "text": "f(2)"}]
    assert (first.body["n_predict"], first.body["temperature"], first.body["stop"]) == (40, 0.8, ["\nf"])
    assert [first.body["seed"], second.body["seed"]] == [5, 6]


def test_a_text_that_was_cut_off_is_paid_for_and_left_out(loopback: Any) -> None:
    loopback.script = [loopback.says(wrote("    a", 30, "limit")), loopback.says(wrote("    return 1\n", 1))]
    chain = chain_at(loopback.url)
    filling = chain.fill(HOLE)
    chain.close()
    assert (filling.texts, filling.tokens) == (("    return 1\n",), Tokens(31, 6))


def test_nothing_whole_is_an_unusable_answer_that_was_paid_for(loopback: Any) -> None:
    loopback.script = [loopback.says(wrote("    a", 30, "limit"))]
    chain = chain_at(loopback.url)
    with pytest.raises(ModelAnswerUnusable, match="cut off at 40 tokens") as raised:
        chain.fill(HOLE)
    chain.close()
    assert (raised.value.prompt_tokens, raised.value.completion_tokens) == (60, 6)


def test_a_model_without_tokens_for_holes_says_so_once(loopback: Any) -> None:
    error = {"error": {"code": 501, "message": "Infill is not supported by this model", "type": "x"}}
    loopback.script = [loopback.says(error, 501)]
    chain = chain_at(loopback.url)
    with pytest.raises(ModelAnswerUnusable, match="not supported"):
        chain.fill(HOLE)
    assert not chain.can_infill
    with pytest.raises(ModelAnswerUnusable, match="no model here fills holes"):
        chain.fill(HOLE)
    chain.close()
    assert len(loopback.requests) == 1


def test_what_was_written_in_time_counts(loopback: Any) -> None:
    loopback.script = [loopback.says(wrote("    return x\n", 30)), loopback.hangs]
    chain = chain_at(loopback.url)
    filling = chain.fill(Hole("a", "b", 40, 0.8, 0.5, samples=3))
    chain.close()
    assert filling.texts == ("    return x\n",)


@pytest.mark.parametrize("nonsense", ["[]", '{"content": 1}', "no json", '{"timings": null}'])
def test_nonsense_is_no_filling(loopback: Any, nonsense: str) -> None:
    loopback.script = [loopback.says(nonsense)]
    chain = chain_at(loopback.url)
    with pytest.raises(Exception, match="could not be filled"):
        chain.fill(HOLE)
    chain.close()


def test_a_chat_model_fills_no_holes(loopback: Any) -> None:
    remote = Named("remote", ModelEntry(provider="openai_compatible", model="m", base_url=loopback.url))
    chain = chain_at(loopback.url, remote, LOCAL)
    assert not chain.can_infill
    chain.close()


def test_a_hole_over_the_context_is_no_end_of_the_model(loopback: Any) -> None:
    error = {"error": {"code": 400, "message": "the request exceeds the available context size"}}
    loopback.script = [loopback.says(error, 400)]
    chain = chain_at(loopback.url)
    with pytest.raises(ModelAnswerUnusable, match="exceeds the available context"):
        chain.fill(HOLE)
    chain.close()
