"""The syntax checker of any language: asks its boxed worker, converts positions to bytes."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from goldseam.core.language import Language, language_of
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Worker
from goldseam.core.source import UTF8_BOM, Span, line_span

CHECK_SECONDS = 20.0


class WorkerSyntaxChecker:
    """Implements `SyntaxChecker`: one worker a language, started at the first question."""

    def __init__(self, languages: tuple[Language, ...], start: Callable[[Language], Worker]) -> None:
        self._languages = languages
        self._start = start
        self._workers: dict[str, Worker] = {}

    def check(self, path: str, data: bytes) -> SyntaxProblem | None:
        language = language_of(path, self._languages)
        if language is None:
            return None
        question = {"path": path, "data": base64.b64encode(data).decode()}
        problem = self._worker(language).ask(question, seconds=CHECK_SECONDS)["problem"]
        return None if problem is None else _problem(path, data, problem)

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()

    def _worker(self, language: Language) -> Worker:
        if language.name not in self._workers:
            self._workers[language.name] = self._start(language)
        return self._workers[language.name]


def _problem(path: str, data: bytes, said: Mapping[str, Any]) -> SyntaxProblem:
    line = line_span(data, said["line"])
    if not said["column"]:
        return SyntaxProblem(path, line, said["message"])
    start = _offset(data, said["line"], said["column"])
    end = _offset(data, said["end_line"], said["end_column"]) if said["end_line"] else start
    return SyntaxProblem(path, Span(start, max(start, end)), said["message"])


def _offset(data: bytes, line: int, column: int) -> int:
    """Byte offset of a 1-based column that counts characters, never past the line's end."""
    span = line_span(data, line)
    text = data[span.start : span.end]
    mark = len(UTF8_BOM) if line == 1 and text.startswith(UTF8_BOM) else 0
    prefix = text[mark:].decode("utf-8", "surrogateescape")[: max(0, column - 1)]
    return span.start + mark + len(prefix.encode("utf-8", "surrogateescape"))
