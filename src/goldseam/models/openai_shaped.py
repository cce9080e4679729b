"""Servers that speak OpenAI's chat completions without being OpenAI."""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def openai_shaped(name: str, base_url: str, address: Address) -> "WireModel":
    """Sends `max_tokens`: many such servers drop `max_completion_tokens` in silence and write on."""
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    return OpenAIChatModel(
        address.model,
        provider=OpenAICompatibleProvider(
            name,
            base_url=base_url,
            api_key=address.key.get_secret_value() or None,
            http_client=address.http,
            profile=OpenAIModelProfile(openai_chat_supports_max_completion_tokens=False),
        ),
    )
