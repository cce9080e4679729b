"""Finds every source file that does not parse."""

from collections.abc import Iterator
from pathlib import Path

from goldseam.core.language import Language
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import SyntaxChecker
from goldseam.core.source import Span
from goldseam.detect.scope import sources_below


def broken_sources(
    root: Path, folder: Path, languages: tuple[Language, ...], checker: SyntaxChecker
) -> Iterator[tuple[str, bytes, SyntaxProblem | None]]:
    """Project-relative path, bytes and problem of each source below `folder`; None where it parses.

    A file that cannot be read is a problem too.
    """
    for file in sources_below(folder, languages):
        path = file.relative_to(root).as_posix()
        try:
            data = file.read_bytes()
        except OSError as error:
            yield path, b"", SyntaxProblem(path, Span(0, 0), f"cannot be read: {error.strerror}")
        else:
            yield path, data, checker.check(path, data)
