"""What a provider file offers, what it is given, and how it is found.

A provider is one file in `models/providers/` with a `PROVIDER`; its name is the file's name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from goldseam.config import ModelEntry

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model as WireModel

_PACKAGE = "goldseam.models.providers"


class Endpoint(Protocol):
    """Where a started server answers."""

    @property
    def base_url(self) -> str: ...

    @property
    def api_key(self) -> str: ...

    @property
    def model(self) -> str: ...


class Embedded(Protocol):
    """The embedded model's server, as a child process."""

    def start(self) -> Endpoint:
        """Be ready; free if it is. Raises `ModelMissing` or `ModelUnavailable`."""
        ...

    def adapt(self) -> bool:
        """Between two questions: change what slows it down; True if it started anew."""
        ...

    def close(self) -> None: ...


EmbeddedFactory = Callable[[ModelEntry], Embedded]
"""May raise `ModelMissing`; called when the entry's turn comes."""


@dataclass(frozen=True, slots=True)
class Address:
    """Everything a provider needs to make its client; the key does not show in `repr`."""

    model: str
    base_url: str
    key: SecretStr
    entry: ModelEntry
    http: "httpx2.AsyncClient"


@dataclass(frozen=True, slots=True)
class Provider:
    """One kind of model server.

    `connect` imports its client library itself, so that listing providers is free; `extra` names the extra
    that installs the library. `key_variable` is read unless the entry names another one. `infills` says that
    its server fills holes, and stays on this machine.
    """

    connect: Callable[[Address], "WireModel"]
    base_url: str = ""
    key_variable: str = ""
    needs_key: bool = False
    embedded: bool = False
    infills: bool = False
    extra: str = ""


def provider_names() -> tuple[str, ...]:
    """Names of all providers, sorted."""
    package = import_module(_PACKAGE)
    return tuple(sorted(module.name for module in iter_modules(package.__path__)))


def provider(name: str) -> Provider:
    """The provider called `name`, one of `provider_names()`."""
    found: Provider = import_module(f"{_PACKAGE}.{name}").PROVIDER
    return found


def with_path(base_url: str, path: str) -> str:
    """`base_url` with `path` added if it has none of its own."""
    return base_url if urlsplit(base_url).path.strip("/") else base_url.rstrip("/") + path


def without_path(base_url: str, *paths: str) -> str:
    """`base_url` without one of `paths` at its end."""
    for path in paths:
        if base_url.endswith(path):
            return base_url.removesuffix(path)
    return base_url
