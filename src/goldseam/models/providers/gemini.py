"""Google Gemini, by its `generateContent`."""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address, Provider, without_path

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    from pydantic_ai.models.google import GoogleModel
    from pydantic_ai.providers.google import GoogleProvider

    return GoogleModel(
        address.model,
        provider=GoogleProvider(
            base_url=without_path(address.base_url, "/v1beta", "/v1"),
            api_key=address.key.get_secret_value(),
            http_client=address.http,
        ),
    )


PROVIDER = Provider(
    connect=connect,
    base_url="https://generativelanguage.googleapis.com",
    key_variable="GEMINI_API_KEY",
    needs_key=True,
    extra="cloud",
)
