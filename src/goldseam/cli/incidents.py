"""From arguments to incidents: what `heal` and `diagnose` share."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from goldseam.cli.document import Result
from goldseam.config import project_root
from goldseam.config.reading import PROJECT_MARKERS
from goldseam.core.errors import LandingError, UsageError
from goldseam.core.incident import OracleSpec
from goldseam.core.language import Language, language_of
from goldseam.core.ports import Landing
from goldseam.detect.failing_command import Refusal, Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command line names: the files that are meant, and how to tell that they are right."""

    paths: tuple[Path, ...]
    run: str | None
    test: str | None
    expected: bytes | None

    @classmethod
    def of(cls, paths: tuple[Path, ...], given: Mapping[str, Any]) -> "Asked":
        """From parsed options; `UsageError` where they contradict each other."""
        if given["expect"] is not None and given["expect_file"] is not None:
            raise UsageError("give --expect or --expect-file, not both")
        return cls(
            paths=paths,
            run=_command(given["run"], "--run"),
            test=_command(given["test"], "--test"),
            expected=_expected(given["expect"], given["expect_file"]),
        )


def spec_of(asked: Asked, scope: Scope, languages: tuple[Language, ...]) -> OracleSpec:
    """The oracle that was asked for; an expected output alone runs the one file that is named."""
    run = asked.run
    if asked.expected is not None and run is None:
        run = _own_run_command(scope, languages)
    return OracleSpec(run=run, test=asked.test, expected=asked.expected)


def writable(root: Path, scope: Scope, spec: OracleSpec, landing: Landing) -> Scope:
    """With a command, files found in a folder that could not be landed do not stand in the way of others.

    Of several names of one file the plain one counts.
    """
    if not spec.commands:
        return scope
    real = {(root / path).resolve(): path for path in scope.named}
    for path in sorted(scope.found, key=lambda path: (root / path).is_symlink()):
        if can_land(landing, path):
            real.setdefault((root / path).resolve(), path)
    kept = frozenset(real.values())
    return replace(scope, found=tuple(path for path in scope.found if path in kept))


def can_land(landing: Landing, path: str) -> bool:
    """Whether a repair of the file could be written."""
    try:
        landing.read((path,))
    except LandingError:
        return False
    return True


def refused_result(refusal: Refusal) -> Result:
    """The result of a named path that is not attempted."""
    return Result(refusal.path, "declined", reason=str(refusal.declined.reason))


def root_of(paths: tuple[Path, ...]) -> Path:
    """The project of the first path; where none is marked, the current folder if the path lies below it."""
    here = Path.cwd().resolve()
    first = (here / paths[0]) if paths else here
    try:
        start = first.resolve() if first.is_dir() else first.parent.resolve()
    except OSError as error:
        raise UsageError(f"{paths[0]}: {str(error.strerror).lower()}") from None
    root = project_root(start)
    marked = any((root / marker).exists() for marker in PROJECT_MARKERS)
    found = root if marked or not start.is_relative_to(here) else here
    if found == found.parent:
        raise UsageError(f"{found} is no project; name a folder below it, or run goldseam in one")
    return found


def _own_run_command(scope: Scope, languages: tuple[Language, ...]) -> str:
    language = language_of(scope.files[0], languages) if len(scope.files) == 1 else None
    if language is None:
        raise UsageError('--expect needs to know what to run: add --run, as --run "python app.py"')
    return language.run_command(scope.files[0])


def _command(text: str | None, option: str) -> str | None:
    if text is not None and not text.strip():
        raise UsageError(f'{option} needs a command, as {option} "python app.py"')
    return text


def _expected(text: str | None, file: Path | None) -> bytes | None:
    if text is not None and Path(text).is_file():
        raise UsageError(f"'{text}' is a file; for what it holds give --expect-file {text}")
    if file is None:
        return None if text is None else os.fsencode(text)
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"--expect-file {file}: {error.strerror}") from error
