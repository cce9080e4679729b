"""What leaves for a model elsewhere, and what comes back: no secrets out, no flood in."""

import gzip
import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from goldseam.config import ModelEntry
from goldseam.core.errors import ModelUnavailable
from goldseam.core.ports import Prompt
from goldseam.core.redaction import Redactor
from goldseam.models.chain import ModelChain, Named, Outgoing, build_model

SECRET = "hunter2-Xy7"
CODE = f'def connect():\n    return open_db(password="{SECRET}")\n'
PROMPT = Prompt("repair", f"login with {SECRET} failed\n```\n{CODE}```", 200, 0.1, 20.0)


def body(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


def chain_at(url: str, outgoing: Outgoing, **entry: Any) -> ModelChain:
    made = ModelEntry(provider="openai_compatible", base_url=f"{url}/v1", **({"model": "m"} | entry))
    return build_model((Named("remote", made),), pytest.fail, {}, outgoing=outgoing)


def test_a_secret_does_not_leave_and_comes_back_in_its_place(elsewhere: Any) -> None:
    elsewhere.script = [elsewhere.says(body("```\npassword='REDACTED_SECRET_001'\n```"))]
    announced: list[Prompt] = []
    chain = chain_at(elsewhere.url, Outgoing(Redactor(), announced.append))
    answer = chain.complete(PROMPT)
    chain.close()
    sent = json.dumps(elsewhere.requests[0].body)
    assert SECRET not in sent
    assert "login with REDACTED_SECRET_001 failed" in sent
    assert answer.text == f"```\npassword='{SECRET}'\n```"
    assert answer.hidden == (SECRET, "REDACTED_SECRET_")
    assert [prompt.user for prompt in announced] == [elsewhere.requests[0].body["messages"][1]["content"]]


def test_a_model_on_this_machine_sees_the_code_as_it_is(loopback: Any) -> None:
    loopback.script = [loopback.says(body("x = 1"))]
    chain = chain_at(loopback.url, Outgoing())
    answer = chain.complete(PROMPT)
    chain.close()
    assert SECRET in json.dumps(loopback.requests[0].body)
    assert answer.hidden == ()


def test_a_model_that_ollama_runs_elsewhere_is_not_on_this_machine(loopback: Any) -> None:
    loopback.script = [loopback.says(body("x = 1"))]
    chain = chain_at(loopback.url, Outgoing(), model="qwen3-coder:480b-cloud")
    chain.complete(PROMPT)
    chain.close()
    assert SECRET not in json.dumps(loopback.requests[0].body)


def test_an_exact_value_is_hidden_wherever_it_stands(elsewhere: Any) -> None:
    elsewhere.script = [elsewhere.says(body("x = 1"))]
    chain = chain_at(elsewhere.url, Outgoing(Redactor(["plain words of mine"])))
    chain.complete(Prompt("s", "x = 'plain words of mine'", 10, 0.0, 20.0))
    chain.close()
    assert "plain words" not in json.dumps(elsewhere.requests[0].body)


def test_a_flood_is_cut_off(loopback: Any) -> None:
    def floods(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b" " * 1_000_000)

    loopback.script = [floods]
    chain = chain_at(loopback.url, Outgoing())
    with pytest.raises(ModelUnavailable):
        chain.complete(PROMPT)
    chain.close()


def test_a_packed_answer_is_refused(loopback: Any) -> None:
    packed = gzip.compress(json.dumps(body("x = 1")).encode())

    def packs(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Length", str(len(packed)))
        handler.end_headers()
        handler.wfile.write(packed)

    loopback.script = [packs]
    chain = chain_at(loopback.url, Outgoing())
    with pytest.raises(ModelUnavailable):
        chain.complete(PROMPT)
    chain.close()
    assert loopback.requests[0].headers["accept-encoding"] == "identity"
