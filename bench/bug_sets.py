"""Our own repair benchmark on disk: what a bug is, how it is read, how its commands are run.

A set is `bench/<set>/<language>/<name>/`. In each folder `bug.toml` tells what is wrong and how it is mended;
files whose name begins with `held_back` judge a repair and are never shown to the solver; every other file
is the project. `bench/bugs/README.md` describes the format.
"""

import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_cache_path

from goldseam.core.observation import Run
from goldseam.core.ports import Job
from goldseam.sandbox.bubblewrap import Bubblewrap
from goldseam.sandbox.limits import Limits

BENCH = Path(__file__).parent
SETS = ("bugs", "bugs_later", "cases", "cases_later")
LANGUAGES = ("python", "javascript", "php")
SOURCES = (".py", ".js", ".mjs", ".cjs", ".ts", ".php")
SECONDS = 60.0


class BrokenBug(Exception):
    """A folder that is no bug: its fix does not fit, or a file is missing."""


@dataclass(frozen=True)
class Fix:
    """One fault: `old` is in `path` exactly once and should be `new`; `family` as in the fault codes."""

    path: str
    old: str
    new: str
    family: str
    what: str


@dataclass(frozen=True)
class Bug:
    """A broken project. `test`, `run` and `expect_file` are its oracle, `held_back_test` judges a repair."""

    name: str
    language: str
    what: str
    kind: str
    documented: bool
    files: Mapping[str, bytes]
    held_back: Mapping[str, bytes]
    fixes: tuple[Fix, ...]
    held_back_test: str
    test: str | None = None
    run: str | None = None
    expect_file: str | None = None
    packages: tuple[str, ...] = field(default=())

    @property
    def programs(self) -> tuple[str, ...]:
        """What may be edited: the sources that no test runner takes for tests."""
        return tuple(path for path in sorted(self.files) if path.endswith(SOURCES) and not _is_test(path))

    @property
    def oracle(self) -> tuple[str, ...]:
        """The options of `goldseam heal` that say what is right."""
        told = (("--test", self.test), ("--run", self.run), ("--expect-file", self.expect_file))
        return tuple(word for option, value in told if value for word in (option, value))

    @property
    def fixed(self) -> dict[str, bytes]:
        """All files of the project as they should be; raises `BrokenBug` where a fix does not fit."""
        return self.mended(self.fixes)

    def mended(self, fixes: Iterable[Fix]) -> dict[str, bytes]:
        """The files with some of the faults mended; raises `BrokenBug` where a fix does not fit."""
        texts = {path: data.decode() for path, data in self.files.items()}
        for fix in fixes:
            if texts.get(fix.path, "").count(fix.old) != 1:
                raise BrokenBug(f"{self.language}/{self.name}: not exactly once in {fix.path}: {fix.old!r}")
            texts[fix.path] = texts[fix.path].replace(fix.old, fix.new)
        return {path: text.encode() for path, text in texts.items()}

    @property
    def lines(self) -> dict[str, tuple[int, ...]]:
        """The faulty lines by path, from one: the first line of each fix that is not as it should be."""
        found: dict[str, list[int]] = {}
        for fix in self.fixes:
            before = self.files[fix.path].decode().split(fix.old)[0].count("\n") + 1
            old, new = fix.old.splitlines(), fix.new.splitlines()
            same = next(
                (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), None
            )
            offset = same if same is not None else min(len(old), len(new), max(len(old) - 1, 0))
            found.setdefault(fix.path, []).append(before + offset)
        return {path: tuple(sorted(lines)) for path, lines in found.items()}


def bugs_of(name: str, bench: Path = BENCH) -> Iterator[Bug]:
    """All bugs of a set, by language and name."""
    for language in LANGUAGES:
        for told in sorted((bench / name / language).glob("*/bug.toml")):
            yield read(told.parent, language)


def read(folder: Path, language: str) -> Bug:
    """One bug; raises `BrokenBug` where its folder misses something."""
    told = tomllib.loads((folder / "bug.toml").read_text("utf-8"))
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "bug.toml" and "__pycache__" not in path.parts
    }
    held_back = {path: data for path, data in files.items() if path.startswith("held_back")}
    seen = {path: data for path, data in files.items() if path not in held_back}
    sources = [path for path in seen if path.endswith(SOURCES) and not _is_test(path)]
    if not held_back or not sources:
        raise BrokenBug(f"{folder.name}: no program, or no held-back test")
    fixes = tuple(
        Fix(
            one.get("file", sources[0]), one["old"], one["new"], one.get("family", "LOG"), one.get("what", "")
        )
        for one in told["fix"]
    )
    tests = [path for path in seen if _is_test(path) and "loader" not in path]
    test = told.get("test") or (None if "run" in told else _command(language, tests))
    return Bug(
        folder.name,
        language,
        told["what"],
        told.get("kind", "mixed"),
        told.get("docstring", False),
        seen,
        held_back,
        fixes,
        _command(language, [path for path in held_back if path.endswith(SOURCES)]),
        test,
        told.get("run"),
        told.get("expect_file"),
        tuple(told.get("packages", ())),
    )


def _is_test(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name.startswith("test") or ".test." in name or name.endswith("Test.php")


def _command(language: str, tests: list[str]) -> str:
    names = " ".join(sorted(tests))
    if language == "python":
        return f"python3 -m pytest -q {names}"
    if language == "javascript":
        return f"node --test {names}"
    return f"phpunit --no-configuration {names}" if names.endswith("Test.php") else f"php {names}"


def lay_out(bug: Bug, files: Mapping[str, bytes], root: Path) -> None:
    """Write a project, with the node packages that it asks for, into an empty folder."""
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    for package in bug.packages:
        found = next(user_cache_path("goldseam").glob(f"tools/*/node_modules/{package}"), None)
        if found is None:
            raise BrokenBug(f"{bug.name} needs {package}: fetch it with `goldseam tools pull`")
        there = root / "node_modules" / package
        (there / "lib").mkdir(parents=True)
        for path in ("package.json", f"lib/{package}.js"):
            shutil.copy(found / path, there / path)


def runs(bug: Bug, files: Mapping[str, bytes], *commands: str) -> list[Run]:
    """Each command in a box of its own, without network, in a fresh folder with these files."""
    os.environ.setdefault("VIRTUAL_ENV", sys.prefix)
    with tempfile.TemporaryDirectory(prefix="goldseam-bench-") as folder:
        root = Path(folder).resolve()
        lay_out(bug, files, root)
        with Bubblewrap(root, Limits()) as box:
            return [box.run(Job(command, seconds=SECONDS)) for command in commands]


def passes_held_back(bug: Bug, files: Mapping[str, bytes]) -> bool:
    """Whether a repaired project passes the tests that the solver never saw."""
    [run] = runs(bug, {**files, **bug.held_back}, bug.held_back_test)
    return run.succeeded


def is_green(bug: Bug, run: Run) -> bool:
    """Whether a run of the bug's own command shows what it should."""
    if not run.succeeded:
        return False
    if bug.expect_file is None or run.command != bug.run:
        return True
    return _lines(run.stdout) == _lines(bug.files[bug.expect_file])


def _lines(printed: bytes) -> list[bytes]:
    return [line.rstrip() for line in printed.rstrip().splitlines()]


def wrongs(bug: Bug) -> list[str]:
    """Why a bug is none: not red as it is, or not green once mended; nothing if it is one."""
    found = [
        f"once mended, `{run.command}` fails:\n{(run.stdout + run.stderr).decode('utf-8', 'replace')[-1500:]}"
        for run in _judged(bug, bug.fixed)
        if not is_green(bug, run)
    ]
    *seen, hidden = _judged(bug, bug.files)
    if all(is_green(bug, run) for run in seen):
        found.append("its own oracle is green")
    if hidden.succeeded:
        found.append("the held-back tests pass before the repair")
    return found


def unseen(bug: Bug) -> list[Fix]:
    """The faults that held-back tests alone notice, all others mended: no solver could know of them."""
    found = []
    for fix in bug.fixes if len(bug.fixes) > 1 else ():
        *seen, hidden = _judged(bug, bug.mended(other for other in bug.fixes if other is not fix))
        if not hidden.succeeded and all(is_green(bug, run) for run in seen):
            found.append(fix)
    return found


def _judged(bug: Bug, files: Mapping[str, bytes]) -> list[Run]:
    """The runs of the bug's own commands, and at the end that of the held-back tests."""
    own = [command for command in (bug.test, bug.run) if command]
    return runs(bug, {**files, **bug.held_back}, *own, bug.held_back_test)
