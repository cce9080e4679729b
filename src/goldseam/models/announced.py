"""A model that tells each prompt to somebody before it is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from goldseam.core.ports import Completion, Model, Prompt


@dataclass(frozen=True, slots=True)
class AnnouncedModel:
    """Implements `Model` over another one."""

    model: Model
    announce: Callable[[Prompt], None]

    @property
    def name(self) -> str:
        return self.model.name

    def start(self) -> None:
        self.model.start()

    def complete(self, prompt: Prompt) -> Completion:
        self.announce(prompt)
        return self.model.complete(prompt)

    def close(self) -> None:
        self.model.close()
