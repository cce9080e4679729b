"""What goldseam knows of a programming language: one value each, in `languages/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from goldseam.core.observation import Failure
from goldseam.core.source import Span

CHECK = "check"
"""The role of the program that says whether a file parses, as the language's own compiler does."""

ANALYSE = "analyse"
"""The role of the program that tells what static tools say of the sources it is sent."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs in a box of its own and answers JSON lines.

    `argv` is its command prefix, `file` its file below `languages/workers/`. In `argv`, ``{python}`` is
    goldseam's own interpreter and ``{tools}`` the folder of what `goldseam tools pull` fetched.
    """

    argv: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Tracer:
    """What makes a command tell more: files below `languages/workers/`, laid beside it, and variables.

    In `environment`, `core.ports.PROGRAM_PLACE` is the folder of the files and `REPORT_PLACE` where the
    trace goes.
    """

    files: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """A language, by what its tools say and print.

    `programs` are its worker programs by role: `CHECK`, and those that its analyzers ask. `context` names
    the files of which the nearest one upwards decides how a source is read (`package.json`). `encoding_of`
    names the codec of a file's bytes (`LookupError` or `ValueError` when it has none). `failures_in` reads
    uncaught exceptions out of printed text. `enclosing_block` is the smallest function around a byte
    offset, in text that may not parse, or None. `definitions` names what a file defines at its top.
    `test_environment` makes the language's test runners write their report, with the help of
    `test_programs`, files below `languages/workers/` that are laid beside the command. `screener` makes a
    command try many candidates, those of the file `batch.json` beside its own files.
    """

    name: str
    suffixes: frozenset[str]
    programs: Mapping[str, Program]
    run_command: Callable[[str], str]
    encoding_of: Callable[[bytes], str]
    failures_in: Callable[[str], tuple[Failure, ...]]
    enclosing_block: Callable[[bytes, int], Span | None]
    definitions: Callable[[str], frozenset[str]]
    test_environment: Mapping[str, str] = field(default_factory=dict)
    test_programs: tuple[str, ...] = ()
    fence: str = ""
    context: tuple[str, ...] = ()
    tracer: Tracer | None = None
    screener: Tracer | None = None


def language_of(path: str, languages: tuple[Language, ...]) -> Language | None:
    """The language of a file by its suffix."""
    suffix = PurePosixPath(path).suffix.lower()
    return next((language for language in languages if suffix in language.suffixes), None)
