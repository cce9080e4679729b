"""Anthropic, by its messages."""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address, Provider, without_path

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    return AnthropicModel(
        address.model,
        provider=AnthropicProvider(
            base_url=without_path(address.base_url, "/v1"),
            api_key=address.key.get_secret_value(),
            http_client=address.http,
        ),
    )


PROVIDER = Provider(
    connect=connect,
    base_url="https://api.anthropic.com",
    key_variable="ANTHROPIC_API_KEY",
    needs_key=True,
    extra="cloud",
)
