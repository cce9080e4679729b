"""One entry of a chain: connects, asks with retries, and turns whatever happens into a value."""

import asyncio
import time
import warnings
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
from pydantic import SecretStr
from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.messages import ModelRequest, ModelResponse, SystemPromptPart, UserPromptPart
from pydantic_ai.settings import ModelSettings
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from goldseam.core.budget import Tokens
from goldseam.core.errors import ModelUnavailable
from goldseam.core.hole import Filling, Hole
from goldseam.core.ports import Completion, Prompt, Question
from goldseam.core.redaction import Masked, Redactor
from goldseam.models.bounded import bounded
from goldseam.models.failure import Failure, Kind, failure_of, scrubbed, worth_retrying
from goldseam.models.infilling import HoleRefused, NoInfill, Sample, sample
from goldseam.models.provider import Address, Embedded, EmbeddedFactory, Endpoint, provider
from goldseam.models.selection import Named

if TYPE_CHECKING:
    from pydantic_ai.models import Model as WireModel

TRIES = 4
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0
CONNECT_SECONDS = 10.0

_RAISED_BY_PROVIDERS = (
    AgentRunError,
    UserError,
    httpx2.HTTPError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    OSError,
)
"""Client libraries stumble over strange answers: `null` where an object belongs is an AttributeError."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Timing:
    """How time passes: the real clock, or a test's."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is hidden from models that are not on this machine, and who is told what is really sent."""

    redactor: Redactor = field(default_factory=Redactor)
    announce: Callable[[Question], None] | None = None


class Link:
    """One model of the chain. `start` before `ask`; `ask` raises nothing but a cancellation."""

    def __init__(
        self,
        named: Named,
        environ: Mapping[str, str],
        embedded: EmbeddedFactory,
        timing: Timing,
        outgoing: Outgoing | None = None,
    ) -> None:
        self.name = named.name
        self._entry = named.entry
        self._provider = provider(named.entry.provider)
        self._key_variable = named.entry.api_key_env or self._provider.key_variable
        self._key = SecretStr(environ.get(self._key_variable, "").strip() if self._key_variable else "")
        self._factory = embedded
        self._embedded: Embedded | None = None
        self._timing = timing
        self._outgoing = outgoing or Outgoing()
        self._address: Address | None = None
        self._wire: WireModel | None = None
        self.can_infill = self._provider.infills

    @property
    def label(self) -> str:
        """`openai:gpt-5`, as stored with a repair."""
        model = self._address.model if self._address else self._entry.model
        return f"{self._entry.provider}:{model}" if model else self._entry.provider

    def start(self) -> None:
        """Connect, and start the embedded server if this is it; free if that is done."""
        if self._provider.embedded:
            endpoint = self._served()
            self._connect(endpoint.model, endpoint.base_url, SecretStr(endpoint.api_key))
        elif self._wire is None:
            base_url = self._entry.base_url or self._provider.base_url
            self._require(base_url)
            self._connect(self._entry.model, base_url, self._key)

    async def ask(self, prompt: Prompt, seconds: float) -> Completion | Failure:
        """The answer within `seconds`, retries included, or why there is none."""
        prompt, masked = self._as_sent(prompt)
        if self._outgoing.announce is not None:
            self._outgoing.announce(prompt)
        started = self._timing.clock()
        limit = min(seconds, self._entry.timeout_seconds)
        retrying = self._retrying(started + limit)
        try:
            async with asyncio.timeout(limit):
                response: ModelResponse = await retrying(self._request, prompt)
        except TimeoutError:
            return Failure(Kind.PASSING, self._told(f"no whole answer within {limit:g} s"))
        except _RAISED_BY_PROVIDERS as error:
            tries = int(retrying.statistics.get("attempt_number", 1))
            failure = failure_of(error, where=self._where, key_variable=self._key_variable, tries=tries)
            return Failure(failure.kind, self._told(failure.message))
        answer = self._judged(response, self._timing.clock() - started)
        return answer if isinstance(answer, Failure) else _unmasked(answer, masked)

    async def fill(self, hole: Hole, seconds: float) -> Filling | Failure:
        """What was written into the hole within `seconds`, or why nothing whole was; only if `can_infill`."""
        if self._outgoing.announce is not None:
            self._outgoing.announce(hole)
        started = self._timing.clock()
        limit = min(seconds, self._entry.timeout_seconds)
        samples: list[Sample] = []
        failure = Failure(Kind.CUT_OFF, self._told(f"each text was cut off at {hole.max_tokens} tokens"))
        try:
            async with asyncio.timeout(limit):
                await self._fill(hole, samples)
        except TimeoutError:
            failure = Failure(Kind.PASSING, self._told(f"no whole text within {limit:g} s"))
        except NoInfill as error:
            self.can_infill = False
            failure = Failure(Kind.UNUSABLE, self._told(f"it fills no holes: {error}"))
        except HoleRefused as error:
            failure = Failure(Kind.UNUSABLE, self._told(f"the hole was refused: {error}"))
        except _RAISED_BY_PROVIDERS as error:
            failure = Failure(Kind.PASSING, self._told(f"a hole could not be filled: {error}"))
        tokens = sum((one.tokens for one in samples), Tokens())
        texts = tuple(one.text for one in samples if one.whole)
        if not texts:
            return replace(failure, tokens=tokens)
        return Filling(texts, tokens, self.label, self._timing.clock() - started)

    async def _fill(self, hole: Hole, samples: list[Sample]) -> None:
        assert self._address is not None
        for number in range(hole.samples):
            samples.append(await sample(self._address, hole, number))

    async def aclose(self) -> None:
        """Drop the connections; `start` makes new ones."""
        if self._address is not None:
            await self._address.http.aclose()
        self._address = self._wire = None

    def close(self) -> None:
        """End the embedded server, if this is it."""
        if self._embedded is not None:
            self._embedded.close()

    @property
    def is_local(self) -> bool:
        """Whether the model runs on this machine; Ollama sends models called `…cloud` elsewhere."""
        address = self._entry.base_url or self._provider.base_url
        on_loopback = urlsplit(address).hostname in _LOOPBACK and not self._entry.model.endswith("cloud")
        return self._provider.embedded or on_loopback

    def _as_sent(self, prompt: Prompt) -> tuple[Prompt, Masked]:
        if self.is_local:
            return prompt, Masked((), "")
        masked = self._outgoing.redactor.masked(prompt.system, prompt.user)
        system, user = masked.texts
        return replace(prompt, system=system, user=user), masked

    def _served(self) -> Endpoint:
        if self._embedded is None:
            self._embedded = self._factory(self._entry)
        else:
            self._embedded.adapt()
        return self._embedded.start()

    def _require(self, base_url: str) -> None:
        if not base_url:
            raise ModelUnavailable(self._told("base_url is not set"))
        if not self._entry.model:
            raise ModelUnavailable(self._told("model is not set"))
        key = self._key.get_secret_value()
        if self._provider.needs_key and not key:
            raise ModelUnavailable(self._told(f"there is no key; export {self._key_variable}"))
        if not key.isascii() or not key.isprintable():
            raise ModelUnavailable(self._told(f"{self._key_variable} holds no key but other characters"))

    def _connect(self, model: str, base_url: str, key: SecretStr) -> None:
        known = self._address
        if known is not None and (known.model, known.base_url, known.key) == (model, base_url, key):
            return
        self._address = Address(model, base_url, key, self._entry, _client(base_url))
        try:
            self._wire = self._provider.connect(self._address)
        except ImportError:
            extra = self._provider.extra or "all"
            failure = f"its library is not installed; pip install 'goldseam[{extra}]'"
        else:
            return
        self._address = None
        raise ModelUnavailable(self._told(failure))

    def _retrying(self, deadline: float) -> AsyncRetrying:
        def too_late(state: RetryCallState) -> bool:
            return self._timing.clock() + state.upcoming_sleep >= deadline

        return AsyncRetrying(
            sleep=self._timing.sleep,
            retry=retry_if_exception(worth_retrying),
            wait=_wait,
            stop=lambda state: stop_after_attempt(TRIES)(state) or too_late(state),
            reraise=True,
        )

    async def _request(self, prompt: Prompt) -> ModelResponse:
        assert self._wire is not None
        parts = (SystemPromptPart(prompt.system), UserPromptPart(prompt.user))
        settings = self._settings(prompt)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a temperature left out for models that take none
            return await model_request(self._wire, [ModelRequest(parts)], model_settings=settings)

    def _settings(self, prompt: Prompt) -> ModelSettings:
        temperature = self._entry.temperature
        settings = ModelSettings(
            max_tokens=self._token_limit(prompt),
            temperature=prompt.temperature if temperature is None else temperature,
            max_retries=0,
        )
        if prompt.seed is not None:
            settings["seed"] = prompt.seed
        return settings

    def _token_limit(self, prompt: Prompt) -> int:
        return min(prompt.max_tokens, self._entry.max_tokens or prompt.max_tokens)

    def _judged(self, response: ModelResponse, seconds: float) -> Completion | Failure:
        tokens = Tokens(response.usage.input_tokens, response.usage.output_tokens)
        text = response.text or ""
        if response.finish_reason == "length":
            limit = tokens.completion
            return Failure(Kind.CUT_OFF, self._told(f"the answer was cut off at {limit} tokens"), tokens)
        if text.strip():
            return Completion(text, tokens, self.label, seconds)
        return Failure(Kind.UNUSABLE, self._told(_why_empty(response, tokens)), tokens)

    @property
    def _where(self) -> str:
        return self._address.base_url if self._address else ""

    def _told(self, message: str) -> str:
        secrets = [self._key.get_secret_value()]
        if self._address is not None:
            secrets.append(self._address.key.get_secret_value())
        return self._outgoing.redactor.redacted(scrubbed(f"{self.name} ({self.label}): {message}", secrets))


def _unmasked(answer: Completion, masked: Masked) -> Completion:
    return replace(answer, text=masked.restored(answer.text), hidden=masked.hidden)


def _why_empty(response: ModelResponse, tokens: Tokens) -> str:
    if response.finish_reason == "content_filter":
        return "the provider's filter refused to answer"
    if response.thinking:
        return f"the answer was only thinking ({tokens.completion} tokens); switch the model's thinking off"
    return f"the answer was empty ({tokens.completion} tokens)"


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = getattr(error, "retry_after", None)
    if asked is not None:
        return max(0.0, float(asked))
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** (state.attempt_number - 1))


def _client(base_url: str) -> httpx2.AsyncClient:
    """Follows no redirect (it would carry the key along); loopback never goes through a proxy."""
    url = urlsplit(base_url)
    return httpx2.AsyncClient(
        verify=url.scheme == "https",
        timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),
        trust_env=url.hostname not in _LOOPBACK,
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [bounded]},
    )
