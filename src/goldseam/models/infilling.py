"""Filling holes by llama.cpp's `/infill`: raw text around a hole, in the model's own infill tokens.

The server keeps what it has read of the last question, so that a second sample costs only what it writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from goldseam.core.budget import Tokens
from goldseam.core.hole import Hole
from goldseam.models.provider import Address, without_path


class NoInfill(Exception):
    """The model has no tokens for holes."""


class HoleRefused(Exception):
    """The server does not take this hole: it is longer than the model's context."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text and what it cost; `whole` unless it was cut off at the token limit."""

    text: str
    tokens: Tokens
    whole: bool


async def sample(address: Address, hole: Hole, number: int) -> Sample:
    """The sample `number` of a hole, from 0; raises `NoInfill`, `HoleRefused` or an error of the client."""
    response = await address.http.post(
        f"{without_path(address.base_url, '/v1')}/infill",
        json=_body(hole, number),
        headers={"Authorization": f"Bearer {address.key.get_secret_value()}"},
    )
    if response.status_code == HTTPStatus.NOT_IMPLEMENTED:
        raise NoInfill(_message(response.text))
    if response.is_client_error:
        raise HoleRefused(_message(response.text))
    response.raise_for_status()
    return _sample(response.json())


def _body(hole: Hole, number: int) -> dict[str, Any]:
    body: dict[str, Any] = {
        "input_prefix": hole.prefix,
        "input_suffix": hole.suffix,
        "n_predict": hole.max_tokens,
        "temperature": hole.temperature,
        "stop": list(hole.stop),
        "cache_prompt": True,
    }
    if hole.seed is not None:
        body["seed"] = hole.seed + number
    if hole.beside:
        body["input_extra"] = [{"filename": name, "text": text} for name, text in hole.beside]
    return body


def _sample(answer: Mapping[str, Any]) -> Sample:
    read = answer["timings"]["prompt_n"]
    tokens = Tokens(int(read), int(answer["tokens_predicted"]))
    return Sample(str(answer["content"]), tokens, answer["stop_type"] != "limit" and not answer["truncated"])


def _message(text: str) -> str:
    return text[:300]
