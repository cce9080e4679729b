"""The rest of the project, for the question who else uses a name."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from goldseam.languages.parse_tree import grammar_of
from goldseam.verify.policy.trees import parsed

SKIPPED_FOLDERS = frozenset(
    {"node_modules", "site-packages", "__pycache__", "build", "dist", "venv", "vendor"}
)
MAX_FILES = 3_000
MAX_BYTES = 20_000_000
MAX_PARSED = 60
MANIFESTS = frozenset({"package.json", "composer.json"})


@dataclass
class Project:
    """Sources below a root, read at the first question; `overlay` lays repaired bytes over them."""

    read: Callable[[], Mapping[str, bytes]] = dict
    overlay: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def sources(self) -> Mapping[str, bytes]:
        return self.read()

    def with_overlay(self, overlay: Mapping[str, bytes]) -> "Project":
        """The same project with other bytes in some files; what was read is shared."""
        return Project(lambda: self.sources, overlay)

    def mentions(self, name: str, *, besides: str) -> Iterator[tuple[str, bytes]]:
        """Other files in which `name` occurs as a word."""
        word = re.compile(rb"(?<!\w)" + re.escape(name.encode()) + rb"(?!\w)")
        for path, data in {**self.sources, **self.overlay}.items():
            if path != besides and word.search(data):
                yield path, data

    def trees_with(self, name: str, *, besides: str) -> Iterator[tuple[str, ast.Module]]:
        """Trees of other files in which `name` occurs, at most `MAX_PARSED`."""
        python = ((p, d) for p, d in self.mentions(name, besides=besides) if p.endswith((".py", ".pyw")))
        for number, (path, data) in enumerate(python):
            if number >= MAX_PARSED:
                return
            if tree := parsed(data.decode("utf-8", "replace")):
                yield path, tree

    @cached_property
    def modules(self) -> frozenset[str]:
        """Every name that an import of project code may start with."""
        paths = [PurePosixPath(path) for path in (*self.sources, *self.overlay)]
        folders = {part for path in paths for part in path.parent.parts}
        return frozenset(folders | {path.stem for path in paths})

    @cached_property
    def imported(self) -> frozenset[str]:
        """First parts of everything that the project imports somewhere."""
        pattern = re.compile(rb"^[ \t]*(?:import|from)[ \t]+(\w+)", re.MULTILINE)
        return frozenset(
            name.decode("utf-8", "replace")
            for data in self.sources.values()
            for name in pattern.findall(data)
        )


def project_at(root: Path) -> Project:
    """The sources below `root`, bounded in number and size."""
    return Project(lambda: dict(_sources(root)))


def _sources(root: Path) -> Iterator[tuple[str, bytes]]:
    budget = MAX_BYTES
    for number, path in enumerate(_source_files(root)):
        try:
            data = path.read_bytes()
        except OSError:
            continue
        budget -= len(data)
        if number >= MAX_FILES or budget < 0:
            return
        yield path.relative_to(root).as_posix(), data


def _is_source(name: str) -> bool:
    return name.endswith((".py", ".pyw")) or name in MANIFESTS or grammar_of(name) is not None


def _source_files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_symlink() or entry.name.startswith("."):
            continue
        if entry.is_dir() and entry.name not in SKIPPED_FOLDERS and not (entry / "pyvenv.cfg").exists():
            yield from _source_files(entry)
        elif _is_source(entry.name) and entry.is_file():
            yield entry
