"""Finds every source file that does not parse; an unchanged file costs a look at its metadata."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldseam.core.language import Language
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Seen, SyntaxChecker
from goldseam.core.source import Span
from goldseam.detect.scope import UNSETTLED, stamps_below

Progress = Callable[[int, int], None]
"""Told how many sources have been read, and of how many."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How many sources there are, how many had to be read, and what does not parse.

    `broken` maps project-relative paths, sorted, to bytes and problem; a file that cannot be read is a
    problem too.
    """

    files: int
    read: int
    broken: Mapping[str, tuple[bytes, SyntaxProblem]]


def scan(
    root: Path,
    place: Path,
    languages: tuple[Language, ...],
    checker: SyntaxChecker,
    seen: Seen,
    progress: Progress = lambda done, of: None,
) -> Scan:
    """Look at each source below `place`, a folder or file in `root`; `seen` is asked first and told last."""
    stamps = {str(place): UNSETTLED} if place.is_file() else stamps_below(place, languages)
    clean, broken = seen.clean(), seen.broken()
    changed = dict(stamps.items() - clean.items())
    known = {path: broken[path][1] for path in changed.keys() & broken if broken[path][0] == changed[path]}
    to_read = sorted(changed.keys() - known)
    problems = dict(_checked(root, to_read, checker, progress))
    _remember(seen, place, stamps, {path: problems[path] for path in to_read}, clean.keys() | broken)
    found = {path: problem for path, problem in (known | problems).items() if problem is not None}
    return Scan(
        len(stamps),
        len(to_read),
        {_relative(root, path): (_bytes_of(path), found[path]) for path in sorted(found)},
    )


def _checked(
    root: Path, paths: list[str], checker: SyntaxChecker, progress: Progress
) -> Iterator[tuple[str, SyntaxProblem | None]]:
    """The problem of each file, under its name in the project."""
    unread: dict[str, SyntaxProblem | None] = {}

    def sources() -> Iterator[tuple[str, bytes]]:
        for path in paths:
            try:
                yield _relative(root, path), Path(path).read_bytes()
            except OSError as error:
                told = f"cannot be read: {error.strerror}"
                unread[path] = SyntaxProblem(_relative(root, path), Span(0, 0), told)

    for done, (name, _, problem) in enumerate(checker.check_all(sources()), 1):
        progress(done, len(paths))
        yield str(root / name), problem
    yield from unread.items()


def _remember(
    seen: Seen,
    place: Path,
    stamps: Mapping[str, int],
    read: Mapping[str, SyntaxProblem | None],
    known: Iterable[str],
) -> None:
    """Of what was read now, all that has settled; what is gone below `place` is forgotten."""
    settled = [path for path in read if stamps[path] != UNSETTLED and not _is_about_us(read[path])]
    clean = {path: stamps[path] for path in settled if read[path] is None}
    broken = {path: (stamps[path], problem) for path in settled if (problem := read[path]) is not None}
    below = f"{place}/"
    gone = [path for path in known if path not in stamps and path.startswith(below)]
    if gone or clean or broken:
        seen.keep(gone, clean, broken)


def _is_about_us(problem: SyntaxProblem | None) -> bool:
    """Whether it was our reading that failed and not the file."""
    return problem is not None and problem.message.startswith(("cannot be read", "cannot be checked"))


def _relative(root: Path, path: str) -> str:
    return path.removeprefix(f"{root}/")


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
