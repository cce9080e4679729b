"""Every provider against a real server on loopback: what is sent, and what becomes of bad answers."""

import logging
import socket
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from goldseam.config import ModelEntry
from goldseam.core.errors import ModelAnswerUnusable, ModelUnavailable
from goldseam.core.ports import Prompt
from goldseam.models.chain import ModelChain, Named, Timing, build_model
from goldseam.models.provider import provider_names

KEY = "sk-verysecret-0123456789abcdef"
ANSWER = "def add(a, b):\n    return a + b\n"
PROMPT = Prompt("You repair code.", "Fix add.", max_tokens=64, temperature=0.2, seconds=20.0, seed=7)


def openai_body(text: str, thinking: str = "", finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": text} | ({"reasoning_content": thinking} if thinking else {})
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 5, "total_tokens": 16},
    }


def anthropic_body(text: str, thinking: str = "", finish: str = "stop") -> dict[str, Any]:
    parts = [{"type": "thinking", "thinking": thinking, "signature": "s"}] if thinking else []
    parts += [{"type": "text", "text": text}] if text else []
    return {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": parts,
        "stop_reason": {"stop": "end_turn", "length": "max_tokens"}[finish],
        "stop_sequence": None,
        "usage": {"input_tokens": 11, "output_tokens": 5},
    }


def gemini_body(text: str, thinking: str = "", finish: str = "stop") -> dict[str, Any]:
    parts = [{"text": thinking, "thought": True}] if thinking else []
    parts += [{"text": text}] if text else []
    return {
        "candidates": [
            {
                "content": {"role": "model", "parts": parts},
                "finishReason": {"stop": "STOP", "length": "MAX_TOKENS"}[finish],
                "index": 0,
            }
        ],
        "usageMetadata": {"promptTokenCount": 11, "candidatesTokenCount": 5, "totalTokenCount": 16},
        "modelVersion": "m",
    }


def ollama_body(text: str, thinking: str = "", finish: str = "stop") -> dict[str, Any]:
    message = {"role": "assistant", "content": text} | ({"thinking": thinking} if thinking else {})
    return {
        "model": "m",
        "message": message,
        "done": True,
        "done_reason": finish,
        "prompt_eval_count": 11,
        "eval_count": 5,
    }


@dataclass(frozen=True)
class Wire:
    """What one provider is expected to send and to understand; `suffix` ends the configured address."""

    provider: str
    path: str
    auth: tuple[str, str]
    body: Callable[..., dict[str, Any]]
    limit: tuple[str, ...]
    temperature: tuple[str, ...]
    seed: tuple[str, ...] | None
    model: tuple[str, ...] | None = ("model",)
    suffix: str = ""

    def __str__(self) -> str:
        return self.provider


BEARER = ("authorization", f"Bearer {KEY}")
CHAT = "/v1/chat/completions"
PLAIN = {"temperature": ("temperature",), "seed": ("seed",)}
WIRES = [
    Wire("openai", CHAT, BEARER, openai_body, ("max_completion_tokens",), suffix="/v1", **PLAIN),
    Wire(
        "azure",
        "/openai/deployments/m/chat/completions?api-version=2024-06-01",
        ("api-key", KEY),
        openai_body,
        ("max_completion_tokens",),
        **PLAIN,
    ),
    Wire(
        "anthropic",
        "/v1/messages",
        ("x-api-key", KEY),
        anthropic_body,
        ("max_tokens",),
        ("temperature",),
        None,
    ),
    Wire(
        "gemini",
        "/v1beta/models/m:generateContent",
        ("x-goog-api-key", KEY),
        gemini_body,
        ("generationConfig", "maxOutputTokens"),
        ("generationConfig", "temperature"),
        ("generationConfig", "seed"),
        None,
    ),
    Wire(
        "ollama",
        "/api/chat",
        BEARER,
        ollama_body,
        ("options", "num_predict"),
        ("options", "temperature"),
        ("options", "seed"),
    ),
    Wire("lmstudio", CHAT, BEARER, openai_body, ("max_tokens",), **PLAIN),
    Wire("openai_compatible", CHAT, BEARER, openai_body, ("max_tokens",), suffix="/v1", **PLAIN),
    Wire("local", CHAT, BEARER, openai_body, ("max_tokens",), **PLAIN),
]

pytestmark = pytest.mark.parametrize("wire", WIRES, ids=str)


@dataclass(frozen=True)
class Served:
    base_url: str
    api_key: str = field(repr=False)
    model: str


@dataclass
class FakeEmbedded:
    """Stands where the embedded server's process would; the loopback server answers for it."""

    endpoint: Served
    closed: int = 0

    def start(self) -> Served:
        return self.endpoint

    def adapt(self) -> bool:
        return False

    def close(self) -> None:
        self.closed += 1


class Sleeps:
    """Notes the waits between tries and lets no time pass."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def entry_of(wire: Wire, url: str, **fields: Any) -> ModelEntry:
    defaults = {
        "provider": wire.provider,
        "model": "m",
        "base_url": url + wire.suffix,
        "api_key_env": "WORK_KEY",
    }
    return ModelEntry(**(defaults | {"api_version": "2024-06-01"} | fields))


def built(wire: Wire, url: str, sleeps: Sleeps | None = None, key: str = KEY, **fields: Any) -> ModelChain:
    timing = Timing(sleep=sleeps or Sleeps())
    named = [Named("work", entry_of(wire, url, **fields))]
    return build_model(named, lambda _: FakeEmbedded(Served(url, key, "m")), {"WORK_KEY": key}, timing)


@pytest.fixture
def model(wire: Wire, loopback: Any) -> Iterator[ModelChain]:
    chain = built(wire, loopback.url)
    chain.start()
    yield chain
    chain.close()


def at(body: dict[str, Any], path: tuple[str, ...]) -> Any:
    for name in path:
        body = body[name]
    return body


def shown(error: BaseException) -> str:
    return (
        "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__) + str(error.args)
    )


def test_every_provider_file_has_a_wire(wire: Wire) -> None:
    assert {each.provider for each in WIRES} == set(provider_names())


def test_request_and_answer(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.says(wire.body(ANSWER))]
    completion = model.complete(PROMPT)
    assert completion.text == ANSWER
    assert (completion.tokens.prompt, completion.tokens.completion) == (11, 5)
    assert completion.model == f"{wire.provider}:m"
    request = loopback.requests[0]
    assert request.path == wire.path
    assert request.headers.get(wire.auth[0]) == wire.auth[1]
    assert sum(KEY in value for value in request.headers.values()) == 1
    assert KEY not in request.path
    assert at(request.body, wire.limit) == 64
    assert at(request.body, wire.temperature) == pytest.approx(0.2)
    assert wire.seed is None or at(request.body, wire.seed) == 7
    assert wire.model is None or at(request.body, wire.model) == "m"
    assert "You repair code." in str(request.body)
    assert "Fix add." in str(request.body)


def test_ollama_is_told_not_to_think_and_how_much_to_read(
    wire: Wire, loopback: Any, model: ModelChain
) -> None:
    loopback.script = [loopback.says(wire.body(ANSWER))]
    model.complete(PROMPT)
    body = loopback.requests[0].body
    assert (body.get("think") is False) == (wire.provider == "ollama")
    assert wire.provider != "ollama" or body["options"]["num_ctx"] == 8192
    assert wire.limit != ("max_tokens",) or "max_completion_tokens" not in body


def test_anthropic_asks_for_the_version_that_takes_a_temperature(
    wire: Wire, loopback: Any, model: ModelChain
) -> None:
    loopback.script = [loopback.says(wire.body(ANSWER))]
    model.complete(PROMPT)
    version = loopback.requests[0].headers.get("anthropic-version")
    assert version == ("2023-06-01" if wire.provider == "anthropic" else None)


def test_entry_overrides_temperature_and_caps_tokens(wire: Wire, loopback: Any) -> None:
    loopback.script = [loopback.says(wire.body(ANSWER))]
    model = built(wire, loopback.url, temperature=0.9, max_tokens=32)
    model.start()
    model.complete(PROMPT)
    model.close()
    assert at(loopback.requests[0].body, wire.temperature) == pytest.approx(0.9)
    assert at(loopback.requests[0].body, wire.limit) == 32


def test_hanging_server_times_out(wire: Wire, loopback: Any) -> None:
    loopback.script = [loopback.hangs]
    model = built(wire, loopback.url, timeout_seconds=0.3)
    model.start()
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match=r"no whole answer within 0\.3 s"):
        model.complete(PROMPT)
    assert time.monotonic() - started < 5
    assert len(loopback.requests) == 1
    model.close()


def test_slow_drip_ends_with_the_prompts_time(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.drips(wire.body(ANSWER), every=0.1)]
    started = time.monotonic()
    with pytest.raises(ModelUnavailable, match="no whole answer"):
        model.complete(Prompt("s", "u", 64, 0.2, seconds=0.6))
    assert 0.5 < time.monotonic() - started < 5


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_busy_server_is_asked_again_with_backoff(wire: Wire, loopback: Any, status: int) -> None:
    sleeps = Sleeps()
    model = built(wire, loopback.url, sleeps)
    model.start()
    busy = loopback.says({"error": {"message": "busy", "type": "t", "code": status}}, status)
    loopback.script = [busy, busy, loopback.says(wire.body(ANSWER))]
    assert model.complete(PROMPT).text == ANSWER
    assert len(loopback.requests) == 3
    assert sleeps.seconds == [0.5, 1.0]
    model.close()


def test_retry_after_is_respected(wire: Wire, loopback: Any) -> None:
    sleeps = Sleeps()
    model = built(wire, loopback.url, sleeps)
    model.start()
    busy = loopback.says({"error": {"message": "busy"}}, 429, Retry_After="3")
    loopback.script = [busy, loopback.says(wire.body(ANSWER))]
    assert model.complete(PROMPT).text == ANSWER
    assert sleeps.seconds == [3.0]
    model.close()


def test_no_wait_is_longer_than_the_time_left(wire: Wire, loopback: Any) -> None:
    sleeps = Sleeps()
    model = built(wire, loopback.url, sleeps)
    model.start()
    loopback.script = [loopback.says({"error": {"message": "busy"}}, 429, Retry_After="3600")]
    with pytest.raises(ModelUnavailable, match="answered 429"):
        model.complete(PROMPT)
    assert sleeps.seconds == []
    model.close()


def test_retries_end(wire: Wire, loopback: Any) -> None:
    sleeps = Sleeps()
    model = built(wire, loopback.url, sleeps)
    model.start()
    loopback.script = [loopback.says({"error": {"message": "still busy"}}, 503)]
    with pytest.raises(ModelUnavailable, match=r"answered 503 \(4 tries\).*still busy"):
        model.complete(PROMPT)
    assert len(loopback.requests) == 4
    assert sleeps.seconds == [0.5, 1.0, 2.0]
    model.close()


def test_nobody_listens(wire: Wire) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    sleeps = Sleeps()
    model = built(wire, f"http://127.0.0.1:{port}", sleeps)
    model.start()
    with pytest.raises(ModelUnavailable, match=rf"127\.0\.0\.1:{port}.*cannot be reached \(4 tries\)"):
        model.complete(PROMPT)
    assert len(sleeps.seconds) == 3
    model.close()


def test_connection_cut_in_mid_answer(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.cuts(wire.body(ANSWER))]
    with pytest.raises(ModelUnavailable, match="cut in mid-answer"):
        model.complete(PROMPT)
    assert len(loopback.requests) == 1


def test_only_thinking_is_its_own_error(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.says(wire.body("", thinking="The colon is missing."))]
    with pytest.raises(ModelAnswerUnusable, match=r"only thinking \(5 tokens\)") as caught:
        model.complete(PROMPT)
    assert (caught.value.prompt_tokens, caught.value.completion_tokens) == (11, 5)


def test_empty_answer(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.says(wire.body(""))]
    with pytest.raises(ModelAnswerUnusable, match="empty"):
        model.complete(PROMPT)


def test_answer_cut_off_at_the_limit(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [loopback.says(wire.body("def add(a", finish="length"))]
    with pytest.raises(ModelAnswerUnusable, match="cut off at 5 tokens") as caught:
        model.complete(PROMPT)
    assert caught.value.completion_tokens == 5


@pytest.mark.parametrize(
    "nonsense", ["<html>gateway</html>", "[]", "{}", "", "null", '"text"', '{"choices": []}']
)
def test_nonsense_with_status_200(wire: Wire, loopback: Any, model: ModelChain, nonsense: str) -> None:
    loopback.script = [loopback.says(nonsense)]
    with pytest.raises((ModelUnavailable, ModelAnswerUnusable)):
        model.complete(PROMPT)


@pytest.mark.parametrize("status", [401, 403])
def test_refused_key_names_the_variable_and_is_not_tried_again(
    wire: Wire, loopback: Any, status: int
) -> None:
    model = built(wire, loopback.url)
    model.start()
    loopback.script = [loopback.says({"error": {"message": f"Incorrect API key {KEY}"}}, status)]
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="WORK_KEY") as caught:
            model.complete(PROMPT)
        assert KEY not in shown(caught.value)
    assert len(loopback.requests) == 1
    model.close()


def test_redirects_are_not_followed(wire: Wire, loopback: Any, model: ModelChain) -> None:
    loopback.script = [
        loopback.says("", 307, Location=loopback.url + "/elsewhere"),
        loopback.says(wire.body(ANSWER)),
    ]
    with pytest.raises(ModelUnavailable):
        model.complete(PROMPT)
    assert [request.path for request in loopback.requests] == [wire.path]


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500])
def test_no_key_anywhere(
    wire: Wire, loopback: Any, model: ModelChain, status: int, caplog: Any, capsys: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    loopback.script = [loopback.says({"error": {"message": f"bad {KEY}", "header": KEY}}, status)]
    with pytest.raises(ModelUnavailable) as caught:
        model.complete(PROMPT)
    written = capsys.readouterr()
    assert KEY not in shown(caught.value)
    assert KEY not in caplog.text
    assert KEY not in written.out + written.err
    assert KEY not in repr(model) + repr(vars(model)) + repr([vars(link) for link in model._links])


def test_no_key_in_debug_logs_of_a_good_answer(
    wire: Wire, loopback: Any, model: ModelChain, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    loopback.script = [loopback.says(wire.body(ANSWER))]
    model.complete(PROMPT)
    assert KEY not in caplog.text


def test_proxy_variables_do_not_divert_loopback(wire: Wire, loopback: Any, monkeypatch: Any) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    loopback.script = [loopback.says(wire.body(ANSWER))]
    model = built(wire, loopback.url)
    model.start()
    assert model.complete(PROMPT).text == ANSWER
    model.close()
