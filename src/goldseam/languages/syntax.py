"""The syntax checker of any language: asks its boxed worker, converts positions to bytes."""

import base64
from collections.abc import Mapping
from typing import Any

from goldseam.core.language import CHECK, Language, language_of
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Tools
from goldseam.core.source import UTF8_BOM, Span, line_span

CHECK_SECONDS = 20.0


class WorkerSyntaxChecker:
    """Implements `SyntaxChecker` by the `CHECK` programs of the languages."""

    def __init__(self, languages: tuple[Language, ...], tools: Tools) -> None:
        self._languages = languages
        self._tools = tools

    def check(self, path: str, data: bytes) -> SyntaxProblem | None:
        language = language_of(path, self._languages)
        if language is None:
            return None
        question = {"path": path, "data": base64.b64encode(data).decode()}
        answer = self._tools.ask(language.name, CHECK, question, seconds=CHECK_SECONDS)
        problem = answer["problem"]
        return None if problem is None else _problem(path, data, problem)


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
