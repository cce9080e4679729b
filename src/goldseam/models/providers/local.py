"""The embedded model: a llama.cpp server that goldseam starts itself, on loopback."""

from typing import TYPE_CHECKING

from goldseam.models.openai_shaped import openai_shaped
from goldseam.models.provider import Address, Provider, with_path

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel


def connect(address: Address) -> "WireModel":
    return openai_shaped("local", with_path(address.base_url, "/v1"), address)


PROVIDER = Provider(connect=connect, embedded=True, infills=True)
