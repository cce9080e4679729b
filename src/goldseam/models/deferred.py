"""A model that is built when it is first needed: its libraries take seconds to load, and it is often idle."""

from collections.abc import Callable

from goldseam.core.hole import Filling, Hole
from goldseam.core.ports import Completion, Model, Prompt


class DeferredModel:
    """Implements `Model`; `build` makes the real one, `name` is what it is called until then."""

    def __init__(self, name: str, build: Callable[[], Model]) -> None:
        self._name = name
        self._build = build
        self._model: Model | None = None

    @property
    def name(self) -> str:
        return self._model.name if self._model else self._name

    def start(self) -> None:
        self._built().start()

    def complete(self, prompt: Prompt) -> Completion:
        return self._built().complete(prompt)

    @property
    def can_infill(self) -> bool:
        return self._built().can_infill

    def fill(self, hole: Hole) -> Filling:
        return self._built().fill(hole)

    def close(self) -> None:
        if self._model is not None:
            self._model.close()
            self._model = None

    def _built(self) -> Model:
        if self._model is None:
            self._model = self._build()
        return self._model
