"""Ollama's native chat route as a model of pydantic-ai."""

from collections.abc import Iterator
from typing import Any, Literal

import httpx2
from pydantic import SecretStr
from pydantic_ai.exceptions import (
    ModelAuthenticationError,
    ModelConnectionError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelRateLimitError,
    UnexpectedModelBehavior,
)
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ThinkingPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RequestUsage

_Category = type[ModelAuthenticationError | ModelNotFoundError | ModelRateLimitError]

_CATEGORIES: dict[int, _Category] = {
    401: ModelAuthenticationError,
    403: ModelAuthenticationError,
    404: ModelNotFoundError,
    429: ModelRateLimitError,
}


class OllamaNative(Model[Any]):
    """One request, one answer: no tools, no streaming, and thinking switched off."""

    def __init__(
        self, model: str, *, base_url: str, key: SecretStr, context_tokens: int, http: httpx2.AsyncClient
    ) -> None:
        super().__init__()
        self._model = model
        self._base_url = base_url
        self._key = key
        self._context_tokens = context_tokens
        self._http = http

    @property
    def model_name(self) -> str:
        return self._model

    @property
    def system(self) -> str:
        return "ollama"

    @property
    def base_url(self) -> str:
        return self._base_url

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        body = {
            "model": self._model,
            "messages": list(_chat(messages)),
            "stream": False,
            "think": False,
            "options": self._options(model_settings or {}),
        }
        return _answer(await self._post(body), self._model)

    def _options(self, settings: ModelSettings) -> dict[str, Any]:
        named = {
            "num_predict": settings.get("max_tokens"),
            "temperature": settings.get("temperature"),
            "seed": settings.get("seed"),
        }
        return {"num_ctx": self._context_tokens} | {k: v for k, v in named.items() if v is not None}

    async def _post(self, body: dict[str, Any]) -> Any:
        key = self._key.get_secret_value()
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            response = await self._http.post(f"{self._base_url}/api/chat", json=body, headers=headers)
        except httpx2.HTTPError as error:
            raise ModelConnectionError(self._model, str(error), phase=_phase(error)) from error
        if response.is_success:
            return response.json()
        raise ModelHTTPError.for_category(
            _CATEGORIES.get(response.status_code),
            status_code=response.status_code,
            model_name=self._model,
            body=response.text,
            headers=response.headers,
        )


def _phase(error: httpx2.HTTPError) -> Literal["connect", "read"]:
    return "connect" if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout) else "read"


def _chat(messages: list[ModelMessage]) -> Iterator[dict[str, str]]:
    for message in messages:
        if not isinstance(message, ModelRequest):
            continue
        for part in message.parts:
            if isinstance(part, SystemPromptPart):
                yield {"role": "system", "content": part.content}
            elif isinstance(part, UserPromptPart) and isinstance(part.content, str):
                yield {"role": "user", "content": part.content}


def _answer(body: Any, model: str) -> ModelResponse:
    message = body.get("message") if isinstance(body, dict) else None
    if not isinstance(message, dict):
        raise UnexpectedModelBehavior("Ollama answered without a message")
    parts: list[TextPart | ThinkingPart] = []
    if thinking := message.get("thinking"):
        parts.append(ThinkingPart(content=str(thinking)))
    if text := message.get("content"):
        parts.append(TextPart(content=str(text)))
    usage = RequestUsage(
        input_tokens=int(body.get("prompt_eval_count") or 0), output_tokens=int(body.get("eval_count") or 0)
    )
    reason: Literal["length", "stop"] = "length" if body.get("done_reason") == "length" else "stop"
    return ModelResponse(parts=parts, usage=usage, model_name=model, finish_reason=reason)
