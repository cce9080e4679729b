"""Finds every source file that does not parse; an unchanged file costs a look at its metadata."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldseam.core.language import Language
from goldseam.core.observation import SyntaxProblem
from goldseam.core.ports import Seen, SyntaxChecker
from goldseam.core.source import Span
from goldseam.detect.scope import UNSETTLED, Stamps, folders_below

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
    is_named = place.is_file()
    now = _named(place) if is_named else folders_below(place, languages)
    kept, broken = seen.recall()
    changed = {folder: stamps for folder, stamps in now.items() if kept.get(folder) != bytes(stamps)}
    to_read = sorted(
        f"{folder}/{name}"
        for folder, stamps in changed.items()
        for name in _changed(stamps, Stamps.of(kept.get(folder, b"")))
    )
    problems = dict(_checked(root, to_read, checker, progress))
    if not is_named:
        gone = [folder for folder in kept if folder not in now and f"{folder}/".startswith(f"{place}/")]
        _remember(seen, changed, gone, problems, broken)
    known = {path: said for path, said in broken.items() if path not in problems and _is_here(path, now)}
    found = known | {path: problem for path, problem in problems.items() if problem is not None}
    return Scan(
        sum(len(stamps.names) for stamps in now.values()),
        len(to_read),
        {_relative(root, path): (_bytes_of(path), found[path]) for path in sorted(found)},
    )


def _named(place: Path) -> dict[str, Stamps]:
    """A file that was named itself: it is read, whatever is known of it."""
    return {str(place.parent): Stamps([place.name], array("q", [UNSETTLED]))}


def _changed(now: Stamps, kept: Stamps) -> list[str]:
    """Names of the files whose stamps differ from the kept ones, or tell nothing yet."""
    known = kept.as_dict()
    return [name for name, stamp in now.as_dict().items() if stamp == UNSETTLED or known.get(name) != stamp]


def _is_here(path: str, now: Mapping[str, Stamps]) -> bool:
    folder, _, name = path.rpartition("/")
    return folder in now and name in now[folder].names


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
    changed: Mapping[str, Stamps],
    gone: Iterable[str],
    read: Mapping[str, SyntaxProblem | None],
    broken: Mapping[str, SyntaxProblem],
) -> None:
    """Of each folder where something changed, all that has settled; what is gone is forgotten."""
    folders = dict.fromkeys(gone, b"")
    for folder, stamps in changed.items():
        trusted = [
            (name, stamp)
            for name, stamp in stamps.as_dict().items()
            if stamp != UNSETTLED and not _is_about_us(read.get(f"{folder}/{name}"))
        ]
        names = [name for name, _ in trusted]
        folders[folder] = bytes(Stamps(names, array("q", [stamp for _, stamp in trusted]))) if names else b""
    told = dict(read)
    for path in broken:
        folder = path.rpartition("/")[0]
        if folder in gone or (folder in changed and path not in read and not _is_here(path, changed)):
            told[path] = None
    if folders:
        seen.keep(folders, told)


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
