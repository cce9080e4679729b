"""The worker programs of all languages, each in a box of its own, started at its first question."""

from collections.abc import Callable, Mapping
from typing import Any

from goldseam.core.errors import ToolMissing
from goldseam.core.language import Language, Program
from goldseam.core.ports import Worker


class WorkerTools:
    """Implements `Tools`; `start` opens the box of a program."""

    def __init__(self, languages: tuple[Language, ...], start: Callable[[Program], Worker]) -> None:
        self._programs = {
            (language.name, role): program
            for language in languages
            for role, program in language.programs.items()
        }
        self._start = start
        self._workers: dict[Program, Worker] = {}

    def ask(
        self, language: str, role: str, question: Mapping[str, Any], *, seconds: float
    ) -> Mapping[str, Any]:
        program = self._programs.get((language, role))
        if program is None:
            raise ToolMissing(f"{language} has no program that can {role}")
        if program not in self._workers:
            self._workers[program] = self._start(program)
        return self._workers[program].ask(question, seconds=seconds)

    def close(self) -> None:
        """End all programs."""
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()
