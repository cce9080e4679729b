"""Models in order: the first that answers is the answer.

Not pydantic-ai's `FallbackModel`: each entry has its own timeout, temperature and limits, the embedded
server is started only when its turn comes, and wasted tokens are counted.
"""

import asyncio
import os
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from goldseam.core.budget import Tokens
from goldseam.core.errors import (
    ConfigurationError,
    ModelAnswerUnusable,
    ModelError,
    ModelMissing,
    ModelUnavailable,
)
from goldseam.core.hole import Filling, Hole
from goldseam.core.ports import Completion, Prompt
from goldseam.models.failure import Failure, Kind
from goldseam.models.link import Link, Outgoing, Timing
from goldseam.models.provider import EmbeddedFactory
from goldseam.models.selection import Named, chain_from

__all__ = ["ModelChain", "Named", "Outgoing", "Timing", "build_model", "chain_from"]

_T = TypeVar("_T")
_Answer = TypeVar("_Answer", Completion, Filling)


class ModelChain:
    """A `core.ports.Model` over one or more entries, asked in order.

    An entry whose failure lasts (no key, a refused key, a missing package or model) is not asked again. Not
    for use inside a running event loop.
    """

    def __init__(self, links: Sequence[Link], timing: Timing | None = None) -> None:
        if not links:
            raise ConfigurationError("models.chain: expected at least one model")
        self._links = tuple(links)
        self._timing = timing or Timing()
        self._lasting: dict[Link, Failure | ModelError] = {}
        self._runner: asyncio.Runner | None = None

    @property
    def name(self) -> str:
        """The labels in order: `local:qwen2.5-coder, openai:gpt-5`."""
        return ", ".join(link.label for link in self._links)

    def start(self) -> None:
        """Make the first entry ready that can be; raises the first one's error if none can."""
        errors: list[ModelError] = []
        for link in self._links:
            error = self._started(link)
            if error is None:
                return
            errors.append(error)
        raise _joined(errors)

    @property
    def can_infill(self) -> bool:
        """Whether the entry whose turn it is fills holes."""
        first = next((link for link in self._links if link not in self._lasting), None)
        return first is not None and first.can_infill

    def complete(self, prompt: Prompt) -> Completion:
        """The first entry's answer that is whole; the start of a model does not count as its time."""
        return self._first(self._links, lambda link, seconds: link.ask(prompt, seconds), prompt.seconds)

    def fill(self, hole: Hole) -> Filling:
        """The same for a hole, by the entries that fill holes."""
        links = [link for link in self._links if link.can_infill]
        if not links:
            raise ModelAnswerUnusable(f"{self.name}: no model here fills holes")
        return self._first(links, lambda link, seconds: link.fill(hole, seconds), hole.seconds)

    def _first(
        self,
        links: Sequence[Link],
        ask: Callable[[Link, float], Coroutine[object, object, _Answer | Failure]],
        seconds: float,
    ) -> _Answer:
        deadline = self._timing.clock() + seconds
        failures: list[Failure | ModelError] = []
        for link in links:
            before = self._timing.clock()
            failure = self._lasting.get(link) or self._started(link)
            deadline += self._timing.clock() - before
            if failure is None:
                answer = self._asked(link, ask, deadline - self._timing.clock())
                if not isinstance(answer, Failure):
                    return replace(answer, tokens=answer.tokens + _tokens(failures))
                failure = answer
            failures.append(failure)
            if isinstance(failure, Failure) and failure.kind is Kind.CUT_OFF:
                break
        raise _joined(failures)

    def close(self) -> None:
        """Drop connections, the event loop and the embedded server."""
        for link in self._links:
            if self._runner is not None:
                self._runner.run(link.aclose())
            link.close()
        if self._runner is not None:
            self._runner.close()
            self._runner = None

    def _started(self, link: Link) -> ModelError | None:
        try:
            link.start()
        except ModelError as error:
            return error
        return None

    def _asked(
        self,
        link: Link,
        ask: Callable[[Link, float], Coroutine[object, object, _Answer | Failure]],
        seconds: float,
    ) -> _Answer | Failure:
        if seconds <= 0:
            return Failure(Kind.PASSING, f"{link.name} ({link.label}): no time was left to ask")
        answer = self._run(ask(link, seconds))
        if isinstance(answer, Failure) and answer.kind is Kind.LASTING:
            self._lasting[link] = answer
        return answer

    def _run(self, work: Coroutine[object, object, _T]) -> _T:
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(work)


def build_model(
    entries: Sequence[Named],
    embedded: EmbeddedFactory,
    environ: Mapping[str, str] = os.environ,
    timing: Timing | None = None,
    outgoing: Outgoing | None = None,
) -> ModelChain:
    """The chain over `entries`; keys come from `environ`, `embedded` makes the embedded server."""
    timing = timing or Timing()
    return ModelChain([Link(named, environ, embedded, timing, outgoing) for named in entries], timing)


def _tokens(failures: Sequence[Failure | ModelError]) -> Tokens:
    spent = (failure.tokens for failure in failures if isinstance(failure, Failure))
    return sum(spent, Tokens())


def _joined(failures: Sequence[Failure | ModelError]) -> ModelError:
    """One error for all; `ModelMissing` says that a pull would help."""
    text = "; ".join(f.message if isinstance(f, Failure) else str(f) for f in failures)
    if any(isinstance(f, Failure) and f.kind in {Kind.UNUSABLE, Kind.CUT_OFF} for f in failures):
        spent = _tokens(failures)
        return ModelAnswerUnusable(text, prompt_tokens=spent.prompt, completion_tokens=spent.completion)
    if any(isinstance(failure, ModelMissing) for failure in failures):
        return ModelMissing(text)
    return ModelUnavailable(text)
