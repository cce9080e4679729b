"""Any server with OpenAI's chat completions; `base_url` ends where `/chat/completions` begins."""

from typing import TYPE_CHECKING

from goldseam.models.openai_shaped import openai_shaped
from goldseam.models.provider import Address, Provider

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    return openai_shaped("openai_compatible", address.base_url, address)


PROVIDER = Provider(connect=connect)
