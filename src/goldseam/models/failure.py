"""Why a model did not answer, in a sentence without keys."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
)

from goldseam.core.budget import Tokens

_SHOWN = 300
_BUSY = frozenset({408, 409, 425, 429})
_MASK = "***"


class Kind(StrEnum):
    """What a failure means for the chain.

    LASTING: asking this entry again is useless. PASSING: the next entry is asked. UNUSABLE: it answered, but
    nothing of use; the next is asked. CUT_OFF: it wrote up to the limit, as the next would.
    """

    LASTING = "lasting"
    PASSING = "passing"
    UNUSABLE = "unusable"
    CUT_OFF = "cut off"


@dataclass(frozen=True, slots=True)
class Failure:
    """One entry's failure and what it cost."""

    kind: Kind
    message: str
    tokens: Tokens = field(default_factory=Tokens)


def worth_retrying(error: BaseException) -> bool:
    """Whether the same request may succeed soon: busy servers and refused connections, not cut answers."""
    if isinstance(error, ModelQuotaExceededError):
        return False
    if isinstance(error, ModelHTTPError):
        return error.status_code in _BUSY or error.status_code >= 500
    return isinstance(error, ModelConnectionError) and error.phase in {"pool", "connect"}


def failure_of(error: Exception, *, where: str, key_variable: str, tries: int) -> Failure:
    """The failure that `error` is, after `tries` requests to `where`."""
    if isinstance(error, ModelAuthenticationError):
        return Failure(
            Kind.LASTING, f"the key was refused; check the variable {key_variable or '(none set)'}"
        )
    if isinstance(error, ModelQuotaExceededError):
        return Failure(Kind.LASTING, "the account's quota is used up")
    if isinstance(error, ModelNotFoundError):
        return Failure(Kind.LASTING, f"no such model or address at {where}: {_told(error)}")
    if isinstance(error, ModelContextWindowExceededError):
        return Failure(Kind.PASSING, "the prompt is longer than the model's context")
    if isinstance(error, ModelHTTPError):
        return Failure(Kind.PASSING, f"{where} answered {error.status_code}{_after(tries)}: {_told(error)}")
    if isinstance(error, ModelConnectionError) and error.phase in {"pool", "connect"}:
        return Failure(Kind.PASSING, f"{where} cannot be reached{_after(tries)}; is the server running?")
    if isinstance(error, ModelConnectionError):
        return Failure(Kind.PASSING, f"the connection to {where} was cut in mid-answer")
    return Failure(Kind.PASSING, f"{where} gave an answer that cannot be read ({type(error).__name__})")


def scrubbed(text: str, secrets: Iterable[str]) -> str:
    """`text` on one line, shortened, with each of `secrets` masked."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, _MASK)
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _after(tries: int) -> str:
    return f" ({tries} tries)" if tries > 1 else ""


def _told(error: ModelAPIError) -> str:
    body = error.body
    inner = body.get("error", body) if isinstance(body, dict) else body
    message = inner.get("message", inner) if isinstance(inner, dict) else inner
    return str(message or "no reason given")
