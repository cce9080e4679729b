"""Incidents from what a person or a script names: paths, commands, expected output."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldseam.core.errors import ToolMissing, UsageError
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.language import Language, language_of
from goldseam.core.outcome import Declined, Reason
from goldseam.core.ports import SyntaxChecker
from goldseam.detect.scope import sources_below

MAX_SOURCE_BYTES = 2_000_000

Protection = Callable[[str], str | None]
"""Why a project-relative path is never edited, or None."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A named path that will not be attempted."""

    path: str
    declined: Declined


@dataclass(frozen=True, slots=True)
class Scope:
    """Project-relative files that may be edited, and the named ones that may not."""

    named: tuple[str, ...]
    found: tuple[str, ...]
    refused: tuple[Refusal, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.named + self.found))


def scope_of(
    root: Path, paths: Sequence[Path], languages: tuple[Language, ...], protected: Protection
) -> Scope:
    """What `paths`, files or folders below `root`, allow to edit; `UsageError` for a foreign one."""
    named: list[str] = []
    found: list[str] = []
    refused: list[Refusal] = []
    for path in paths:
        relative = _below(root, path)
        if path.is_dir():
            below = [_below(root, file) for file in sources_below(path, languages)]
            found += [
                file for file in below if not protected(file) and _declined(root, file, languages) is None
            ]
            continue
        reason = protected(relative)
        declined = Declined(Reason.PROTECTED, reason) if reason else _declined(root, relative, languages)
        if declined is None:
            named.append(relative)
        else:
            refused.append(Refusal(relative, declined))
    if not named and not found and not refused:
        listed = ", ".join(str(path) for path in paths)
        known = ", ".join(sorted(s for lang in languages for s in lang.suffixes))
        raise UsageError(f"no source files below {listed}: goldseam heals {known}")
    return Scope(tuple(named), tuple(found), tuple(refused))


def incidents(scope: Scope, spec: OracleSpec, checker: SyntaxChecker, root: Path) -> Iterator[Incident]:
    """With a command: one incident over all files. Without: one a named file, and one a broken found file."""
    if spec.commands and scope.files:
        symptom = " and ".join(f"'{command}' fails" for command in spec.commands)
        yield Incident(scope.files[0], scope.files, symptom, spec)
        return
    for path in scope.named:
        yield Incident(path, (path,), "does not parse", spec)
    for path in scope.found:
        if path not in scope.named and not _parses(path, (root / path).read_bytes(), checker):
            yield Incident(path, (path,), "does not parse", spec)


def _parses(path: str, data: bytes, checker: SyntaxChecker) -> bool:
    """False too where no checker can tell: the oracle will say why."""
    try:
        return checker.check(path, data) is None
    except ToolMissing:
        return False


def _declined(root: Path, path: str, languages: tuple[Language, ...]) -> Declined | None:
    file = root / path
    if any("\udc80" <= character <= "\udcff" for character in path):
        return Declined(Reason.UNSUPPORTED, f"{path}: its name is not UTF-8; rename it")
    if language_of(path, languages) is None:
        return Declined(Reason.UNSUPPORTED, f"{path}: not a language that goldseam heals")
    if not file.resolve().is_relative_to(root):
        return Declined(Reason.PROTECTED, f"{path}: a link that leads out of the project")
    if not file.is_file():
        return Declined(Reason.UNSUPPORTED, f"{path}: not a regular file")
    if file.stat().st_size > MAX_SOURCE_BYTES:
        return Declined(Reason.UNSUPPORTED, f"{path}: larger than {MAX_SOURCE_BYTES // 1_000_000} MB")
    try:
        data = file.read_bytes()
    except PermissionError:
        return Declined(Reason.UNSUPPORTED, f"{path}: not readable; check its permissions")
    if b"\0" in data:
        return Declined(Reason.UNSUPPORTED, f"{path}: a binary file, not source text")
    return None


def _below(root: Path, path: Path) -> str:
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        absolute.stat()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{path}: {str(reason).lower()}") from None
    parent = absolute.parent.resolve()
    try:
        return (parent / absolute.name).relative_to(root).as_posix()
    except ValueError:
        raise UsageError(f"{path} lies outside the project {root}; run goldseam in its project") from None
