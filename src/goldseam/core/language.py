"""What goldseam knows of a programming language: one value each, in `languages/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from goldseam.core.observation import Failure
from goldseam.core.source import Span


@dataclass(frozen=True, slots=True)
class Language:
    """A language, by what its tools say and print.

    `checker` is the command prefix of the syntax worker and `checker_program` its file name below
    `languages/`. `encoding_of` names the codec of a file's bytes (`LookupError` or `ValueError` when it has
    none). `failures_in` reads uncaught exceptions out of printed text. `enclosing_block` is the smallest
    function around a byte offset, in text that may not parse, or None. `definitions` names what a file
    defines at its top. `test_environment` makes the language's test runners write their report.
    """

    name: str
    suffixes: frozenset[str]
    checker: tuple[str, ...]
    checker_program: str
    run_command: Callable[[str], str]
    encoding_of: Callable[[bytes], str]
    failures_in: Callable[[str], tuple[Failure, ...]]
    enclosing_block: Callable[[bytes, int], Span | None]
    definitions: Callable[[str], frozenset[str]]
    test_environment: Mapping[str, str] = field(default_factory=dict)
    fence: str = ""


def language_of(path: str, languages: tuple[Language, ...]) -> Language | None:
    """The language of a file by its suffix."""
    suffix = PurePosixPath(path).suffix.lower()
    return next((language for language in languages if suffix in language.suffixes), None)
