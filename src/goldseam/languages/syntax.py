"""The syntax checker of any language: asks its boxed worker, converts positions to bytes."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from goldseam.core.errors import SandboxError, ToolMissing
from goldseam.core.language import CHECK, Language, language_of
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Tools
from goldseam.core.source import UTF8_BOM, Span, line_span
from goldseam.languages.programs import MOST_WORKERS

CHECK_SECONDS = 20.0
BATCH_BYTES = 400_000
INSTALLED = "node_modules"
UNCHECKED = "cannot be checked: "
"""Begins what is said of a file that no checker could judge."""
Batch = list[tuple[str, bytes]]


class WorkerSyntaxChecker:
    """Implements `SyntaxChecker` by the `CHECK` programs of the languages, for files below `root`."""

    def __init__(self, languages: tuple[Language, ...], tools: Tools, root: Path | None = None) -> None:
        self._languages = languages
        self._tools = tools
        self._root = root

    def check(self, path: str, data: bytes) -> SyntaxProblem | None:
        language = language_of(path, self._languages)
        return None if language is None else self._asked(language, [(path, data)])[0]

    def check_all(
        self, sources: Iterable[tuple[str, bytes]]
    ) -> Iterator[tuple[str, bytes, SyntaxProblem | None]]:
        with ThreadPoolExecutor(MOST_WORKERS) as pool:
            answered = [
                (batch, pool.submit(self._checked, language, batch))
                for language, batch in _batches(sources, self._languages)
            ]
            for batch, problems in answered:
                for (path, data), problem in zip(batch, problems.result(), strict=True):
                    yield path, data, problem

    def _checked(self, language: Language, batch: Batch) -> list[SyntaxProblem | None]:
        """The batch at once; if its worker dies or is late, one by one, to find the one that is to blame."""
        try:
            return self._asked(language, batch)
        except ToolMissing as error:
            return [SyntaxProblem(path, Span(0, 0), f"{UNCHECKED}{error}") for path, _ in batch]
        except SandboxError as error:
            if len(batch) == 1:
                path, data = batch[0]
                return [SyntaxProblem(path, line_span(data, 1), f"cannot be checked: {error}")]
        return [problem for source in batch for problem in self._checked(language, [source])]

    def _asked(self, language: Language, batch: Batch) -> list[SyntaxProblem | None]:
        context = cache(partial(_context, self._root, language))
        files = [
            {
                "path": path,
                "data": base64.b64encode(data).decode(),
                "context": context(PurePosixPath(path).parent),
            }
            for path, data in batch
        ]
        answer = self._tools.ask(language.name, CHECK, {"files": files}, seconds=CHECK_SECONDS)
        return [
            None if said is None else _problem(path, data, said)
            for (path, data), said in zip(batch, answer["problems"], strict=True)
        ]


def _context(root: Path | None, language: Language, folder: PurePosixPath) -> str | None:
    """The text of the nearest file upwards that decides how sources in `folder` are read.

    A package's own folder among those that were installed is the last that is looked at.
    """
    for above in (folder, *folder.parents):
        if root is None or above.name == INSTALLED:
            return None
        for name in language.context:
            with suppress(OSError):
                return (root / above / name).read_text("utf-8", "replace")
    return None


def _batches(
    sources: Iterable[tuple[str, bytes]], languages: tuple[Language, ...]
) -> Iterator[tuple[Language, Batch]]:
    """Sources of one language together, up to `BATCH_BYTES`; what is in no language is left out."""
    open_batches: dict[str, tuple[Language, Batch, int]] = {}
    for path, data in sources:
        if (language := language_of(path, languages)) is None:
            continue
        _, batch, size = open_batches.get(language.name, (language, [], 0))
        batch.append((path, data))
        open_batches[language.name] = (language, batch, size + len(data))
        if size + len(data) >= BATCH_BYTES:
            yield language, open_batches.pop(language.name)[1]
    for language, batch, _ in open_batches.values():
        yield language, batch


def _problem(path: str, data: bytes, said: Mapping[str, Any]) -> SyntaxProblem:
    """What a program said, by offsets in bytes or by lines and columns."""
    if "start" in said:
        start = min(said["start"], len(data))
        return SyntaxProblem(path, Span(start, min(max(start, said["end"]), len(data))), said["message"])
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
