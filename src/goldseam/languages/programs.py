"""The worker programs of all languages, each in boxes of its own, started when a question finds none idle."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from goldseam.core.errors import ToolMissing
from goldseam.core.language import Language, Program
from goldseam.core.ports import Worker

MOST_WORKERS = 2


class WorkerTools:
    """Implements `Tools`; `start` opens a box of a program, at most `most` of each. Threads may share it."""

    def __init__(
        self, languages: tuple[Language, ...], start: Callable[[Program], Worker], most: int = MOST_WORKERS
    ) -> None:
        self._programs = {
            (language.name, role): program
            for language in languages
            for role, program in language.programs.items()
        }
        self._start = start
        self._most = most
        self._changed = threading.Condition()
        self._idle: dict[Program, list[Worker]] = {}
        self._started: dict[Program, list[Worker]] = {}

    def ask(
        self, language: str, role: str, question: Mapping[str, Any], *, seconds: float
    ) -> Mapping[str, Any]:
        program = self._programs.get((language, role))
        if program is None:
            raise ToolMissing(f"{language} has no program that can {role}")
        with self._worker(program) as worker:
            return worker.ask(question, seconds=seconds)

    def close(self) -> None:
        """End all programs."""
        with self._changed:
            for workers in self._started.values():
                for worker in workers:
                    worker.close()
            self._started.clear()
            self._idle.clear()

    @contextmanager
    def _worker(self, program: Program) -> Iterator[Worker]:
        """An idle worker, or a new one while there may be more, or the next that becomes idle."""
        with self._changed:
            idle = self._idle.setdefault(program, [])
            started = self._started.setdefault(program, [])
            if not idle and len(started) < self._most:
                started.append(self._start(program))
                idle.append(started[-1])
            self._changed.wait_for(lambda: idle)
            worker = idle.pop()
        try:
            yield worker
        finally:
            with self._changed:
                idle.append(worker)
                self._changed.notify()
