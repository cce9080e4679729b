"""OpenAI, by its chat completions."""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address, Provider

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    return OpenAIChatModel(
        address.model,
        provider=OpenAIProvider(
            base_url=address.base_url, api_key=address.key.get_secret_value(), http_client=address.http
        ),
    )


PROVIDER = Provider(
    connect=connect, base_url="https://api.openai.com/v1", key_variable="OPENAI_API_KEY", needs_key=True
)
