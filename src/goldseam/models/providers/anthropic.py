"""Anthropic, by its messages.

Version 2026-10-21 of the interface, which the client library would ask for, answers 400 to any
`temperature`; the version before it takes one, where the model does. The key goes as `x-api-key`, which
both versions and the gateways in between understand.
"""

from typing import TYPE_CHECKING, Any

from goldseam.models.provider import Address, Provider, without_path

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


API_VERSION = "2023-06-01"


def connect(address: Address) -> "WireModel":
    from anthropic import AsyncAnthropic, omit
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    key = address.key.get_secret_value()
    headers: dict[str, Any] = {"anthropic-version": API_VERSION, "X-Api-Key": key, "Authorization": omit}
    client = AsyncAnthropic(
        api_key=key,
        base_url=without_path(address.base_url, "/v1"),
        http_client=address.http,
        default_headers=headers,
    )
    return AnthropicModel(address.model, provider=AnthropicProvider(anthropic_client=client))


PROVIDER = Provider(
    connect=connect,
    base_url="https://api.anthropic.com",
    key_variable="ANTHROPIC_API_KEY",
    needs_key=True,
    extra="cloud",
)
