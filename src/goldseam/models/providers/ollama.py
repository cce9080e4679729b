"""Ollama, by its native `/api/chat`.

Only this route takes `think` and `num_ctx`: the OpenAI-shaped one drops both in silence, thinking coder
models then answer nothing, and long prompts are cut at the server's default.
"""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address, Provider, without_path

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    from goldseam.models.ollama_native import OllamaNative

    return OllamaNative(
        address.model,
        base_url=without_path(address.base_url, "/v1", "/api"),
        key=address.key,
        context_tokens=address.entry.context_tokens,
        http=address.http,
    )


PROVIDER = Provider(connect=connect, base_url="http://127.0.0.1:11434")
