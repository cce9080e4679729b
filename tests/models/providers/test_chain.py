"""The chain: order, fallback, what is not asked twice, interruption, and names on the command line."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from goldseam.config import Config, ModelEntry, Models
from goldseam.core.budget import Tokens
from goldseam.core.errors import (
    ConfigurationError,
    ModelAnswerUnusable,
    ModelMissing,
    ModelUnavailable,
)
from goldseam.core.ports import Prompt
from goldseam.models.chain import ModelChain, Named, build_model, chain_from
from goldseam.models.link import Timing

ANSWER = "x = 1\n"
PROMPT = Prompt("s", "u", max_tokens=64, temperature=0.2, seconds=20.0)


def body(text: str, finish: str = "stop", **message: str) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text} | message, "finish_reason": finish}
        ],
        "usage": {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16},
    }


@dataclass(frozen=True)
class Served:
    base_url: str
    api_key: str = "local-key"
    model: str = "tiny"


@dataclass
class FakeEmbedded:
    """Stands where the embedded server's process would."""

    url: str
    missing: bool = False
    calls: list[str] = field(default_factory=list)

    def start(self) -> Served:
        self.calls.append("start")
        if self.missing:
            raise ModelMissing("the embedded model is not here; run goldseam model pull")
        return Served(self.url)

    def adapt(self) -> bool:
        self.calls.append("adapt")
        return False

    def close(self) -> None:
        self.calls.append("close")


async def no_time(seconds: float) -> None:
    return None


def server(name: str, url: str, **fields: Any) -> Named:
    entry = ModelEntry(provider="openai_compatible", model="m", base_url=f"{url}/{name}")
    return Named(name, entry.model_copy(update=fields))


def chain(
    *named: Named, embedded: FakeEmbedded | None = None, clock: Callable[[], float] | None = None
) -> ModelChain:
    timing = Timing(clock=clock or time.monotonic, sleep=no_time)
    return build_model(named, lambda _: embedded or FakeEmbedded(""), {}, timing)


def paths(loopback: Any) -> list[str]:
    return [request.path.split("/")[1] for request in loopback.requests]


def test_second_entry_answers_when_the_first_is_down(loopback: Any) -> None:
    loopback.script = [loopback.says(body(ANSWER))]
    model = chain(server("dead", "http://127.0.0.1:9"), server("good", loopback.url))
    model.start()
    completion = model.complete(PROMPT)
    model.close()
    assert completion.text == ANSWER
    assert paths(loopback) == ["good"]


@pytest.mark.parametrize("bad", ["cut", "busy", "empty", "thinking", "hang", "nonsense"])
def test_second_entry_answers_after_a_bad_answer(loopback: Any, bad: str) -> None:
    answers = {
        "cut": loopback.cuts(body(ANSWER)),
        "busy": loopback.says({"error": {"message": "quota", "code": "insufficient_quota"}}, 429),
        "empty": loopback.says(body("")),
        "thinking": loopback.says(body("", reasoning_content="hm")),
        "hang": loopback.hangs,
        "nonsense": loopback.says("<html>"),
    }
    loopback.script = [answers[bad], loopback.says(body(ANSWER))]
    model = chain(server("bad", loopback.url, timeout_seconds=0.5), server("good", loopback.url))
    model.start()
    completion = model.complete(PROMPT)
    model.close()
    assert completion.text == ANSWER
    assert paths(loopback) == ["bad", "good"]
    wasted = Tokens(11, 5) if bad in {"empty", "thinking"} else Tokens()
    assert completion.tokens == Tokens(11, 5) + wasted


def test_cut_off_answer_does_not_go_to_the_next(loopback: Any) -> None:
    loopback.script = [loopback.says(body("x =", finish="length"))]
    model = chain(server("first", loopback.url), server("second", loopback.url))
    model.start()
    with pytest.raises(ModelAnswerUnusable, match="cut off at 5 tokens"):
        model.complete(PROMPT)
    model.close()
    assert paths(loopback) == ["first"]


def test_every_entry_failing_names_each(loopback: Any) -> None:
    loopback.script = [loopback.says({"error": {"message": "no such model"}}, 404)]
    model = chain(server("one", loopback.url), server("two", loopback.url))
    model.start()
    with pytest.raises(
        ModelUnavailable, match=r"one \(openai_compatible:m\): .*; two \(openai_compatible:m\): "
    ):
        model.complete(PROMPT)
    with pytest.raises(ModelUnavailable):
        model.complete(PROMPT)
    model.close()
    assert paths(loopback) == ["one", "two"], "a model that does not exist is asked once"


def test_one_time_limit_for_the_whole_chain(loopback: Any) -> None:
    loopback.script = [loopback.hangs]
    model = chain(server("one", loopback.url), server("two", loopback.url))
    model.start()
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="no time was left"):
        model.complete(Prompt("s", "u", 64, 0.2, seconds=0.5))
    assert time.monotonic() - started < 3
    model.close()


def test_embedded_start_does_not_count_as_answering_time(loopback: Any) -> None:
    seconds = iter([0.0, 0.0, 100.0, *[100.0] * 20])
    loopback.script = [loopback.says(body(ANSWER))]
    model = chain(
        Named("local", ModelEntry(provider="local")),
        embedded=FakeEmbedded(loopback.url),
        clock=lambda: next(seconds),
    )
    assert model.complete(PROMPT).model == "local:tiny"
    model.close()


def test_embedded_server_is_started_adapted_and_closed(loopback: Any) -> None:
    embedded = FakeEmbedded(loopback.url)
    loopback.script = [loopback.says(body(ANSWER))]
    model = chain(Named("local", ModelEntry(provider="local")), embedded=embedded)
    model.start()
    assert model.name == "local:tiny"
    model.complete(PROMPT)
    model.close()
    model.close()
    assert embedded.calls[:3] == ["start", "adapt", "start"]
    assert embedded.calls[-1] == "close"


def test_missing_embedded_model_is_its_own_error() -> None:
    model = chain(Named("local", ModelEntry(provider="local")), embedded=FakeEmbedded("", missing=True))
    for call in (model.start, lambda: model.complete(PROMPT)):
        with pytest.raises(ModelMissing, match="model pull"):
            call()
    model.close()


def test_missing_embedded_model_falls_back(loopback: Any) -> None:
    loopback.script = [loopback.says(body(ANSWER))]
    embedded = FakeEmbedded("", missing=True)
    model = chain(
        Named("local", ModelEntry(provider="local")), server("work", loopback.url), embedded=embedded
    )
    model.start()
    assert model.complete(PROMPT).text == ANSWER
    model.close()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"provider": "openai"}, "export OPENAI_API_KEY"),
        ({"provider": "openai", "api_key_env": "WORK_KEY"}, "export WORK_KEY"),
        ({"provider": "azure", "base_url": None}, "base_url is not set"),
        ({"provider": "lmstudio", "model": ""}, "model is not set"),
    ],
)
def test_incomplete_entry_says_what_is_missing(fields: dict[str, Any], message: str) -> None:
    model = chain(server("work", "http://127.0.0.1:9", **fields))
    with pytest.raises(ModelUnavailable, match=message):
        model.start()
    model.close()


def test_unprintable_key_is_refused_without_showing_it() -> None:
    entry = ModelEntry(provider="openai", model="m", api_key_env="K")
    model = build_model([Named("work", entry)], lambda _: FakeEmbedded(""), {"K": "schlüssel\x07"})
    with pytest.raises(ModelUnavailable, match="K holds no key") as caught:
        model.start()
    assert "schlüssel" not in str(caught.value)
    model.close()


@pytest.mark.parametrize(("provider", "module"), [("anthropic", "anthropic"), ("gemini", "google.genai")])
def test_missing_package_says_what_to_install(monkeypatch: Any, provider: str, module: str) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("pydantic_ai.models.", "pydantic_ai.providers."))
    ]:
        if provider in name or "google" in name:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    entry = ModelEntry(provider=provider, model="m", api_key_env="K")
    model = build_model([Named("work", entry)], lambda _: FakeEmbedded(""), {"K": "key-123"})
    with pytest.raises(ModelUnavailable, match=r"pip install 'goldseam\[cloud\]'"):
        model.start()
    model.close()


def test_model_that_takes_no_temperature_is_sent_none_and_nothing_is_said(
    loopback: Any, recwarn: Any
) -> None:
    loopback.script = [loopback.says(body(ANSWER))]
    entry = ModelEntry(provider="openai", model="gpt-5-mini", base_url=loopback.url + "/v1", api_key_env="K")
    model = build_model([Named("work", entry)], lambda _: FakeEmbedded(""), {"K": "key-123"})
    model.start()
    model.complete(PROMPT)
    model.close()
    assert "temperature" not in loopback.requests[0].body
    assert not [warning for warning in recwarn if "emperature" in str(warning.message)]


def test_interrupt_cancels_the_request(loopback: Any) -> None:
    loopback.script = [loopback.hangs]
    model = chain(server("work", loopback.url))
    model.start()
    threading.Timer(0.4, os.kill, (os.getpid(), signal.SIGINT)).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        model.complete(PROMPT)
    assert time.monotonic() - started < 5
    loopback.script = [loopback.says(body(ANSWER))]
    assert model.complete(PROMPT).text == ANSWER, "usable after an interruption"
    model.close()


CONFIG = Config(
    models=Models(
        chain=("work", "local"),
        entries={
            "local": ModelEntry(provider="local"),
            "work": ModelEntry(provider="openai", model="gpt"),
            "ollama": ModelEntry(provider="ollama", model="qwen", base_url="http://box:11434"),
            "typo": ModelEntry(provider="opnai", model="gpt"),
        },
    )
)


def test_chain_of_the_configuration() -> None:
    assert [named.name for named in chain_from(CONFIG)] == ["work", "local"]


def test_chain_by_text() -> None:
    named = chain_from(CONFIG, "local, ollama:qwen2.5-coder:7b ,anthropic:claude,models/my.gguf")
    assert [each.name for each in named] == ["local", "ollama:qwen2.5-coder:7b", "anthropic:claude", "my"]
    assert (named[1].entry.model, named[1].entry.base_url) == ("qwen2.5-coder:7b", "http://box:11434")
    assert (named[2].entry.provider, named[2].entry.model) == ("anthropic", "claude")
    assert (named[3].entry.provider, named[3].entry.path) == ("local", Path("models/my.gguf"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrok", "did you mean 'work'"),
        ("opanai:gpt", "did you mean 'openai:MODEL'"),
        ("openai:", "did you mean 'openai:MODEL'"),
        ("typo", "models.entries.typo.provider: nothing is called 'opnai'; did you mean 'openai'"),
        ("", "expected names of models"),
        (" , ", "expected names of models"),
    ],
)
def test_unknown_model_names_the_nearest(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        chain_from(CONFIG, text)
