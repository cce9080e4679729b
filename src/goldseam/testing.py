"""For authors of plugins and for goldseam's own tests: a model that answers from a script."""

from collections.abc import Iterable, Mapping
from typing import Any

from goldseam.core.budget import Tokens
from goldseam.core.errors import ModelAnswerUnusable, ToolMissing
from goldseam.core.hole import Filling, Hole
from goldseam.core.ports import Completion, Prompt


class ScriptedModel:
    """Implements `Model`: gives its answers in order and keeps every prompt it was asked.

    An answer that is an exception is raised; when the script is used up every answer is unusable. `fillings`
    are what it writes into holes, one a question, each with all its samples; None: it fills no holes.
    """

    name = "scripted"

    def __init__(
        self, answers: Iterable[str | Exception], fillings: Iterable[tuple[str, ...]] | None = None
    ) -> None:
        self._answers = iter(answers)
        self._fillings = None if fillings is None else iter(fillings)
        self.prompts: list[Prompt] = []
        self.holes: list[Hole] = []
        self.started = 0

    def start(self) -> None:
        self.started += 1

    def complete(self, prompt: Prompt) -> Completion:
        self.prompts.append(prompt)
        answer = next(self._answers, None)
        if answer is None:
            raise ModelAnswerUnusable("the script has no more answers")
        if isinstance(answer, Exception):
            raise answer
        return Completion(answer, Tokens(len(prompt.user) // 4, len(answer) // 4), self.name, 0.0)

    @property
    def can_infill(self) -> bool:
        return self._fillings is not None

    def fill(self, hole: Hole) -> Filling:
        self.holes.append(hole)
        texts = next(self._fillings, ()) if self._fillings is not None else ()
        if not texts:
            raise ModelAnswerUnusable("the script has no more fillings")
        return Filling(texts, Tokens(len(hole.prefix) // 4, sum(map(len, texts)) // 4), self.name)

    def close(self) -> None:
        self.started = 0


class NoTools:
    """Implements `Tools` where none is installed."""

    def ask(
        self, language: str, role: str, question: Mapping[str, Any], *, seconds: float
    ) -> Mapping[str, Any]:
        raise ToolMissing(f"no program that can {role} {language}")
