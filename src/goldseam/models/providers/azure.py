"""Azure OpenAI: `model` is the deployment, `base_url` the resource's endpoint."""

from typing import TYPE_CHECKING

from goldseam.models.provider import Address, Provider

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel

API_VERSION = "2024-10-21"


def connect(address: Address) -> "WireModel":
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.azure import AzureProvider

    return OpenAIChatModel(
        address.model,
        provider=AzureProvider(
            azure_endpoint=address.base_url,
            api_version=address.entry.api_version or API_VERSION,
            api_key=address.key.get_secret_value(),
            http_client=address.http,
        ),
    )


PROVIDER = Provider(connect=connect, key_variable="AZURE_OPENAI_API_KEY", needs_key=True)
