"""Source releases of packages: fetched once, read as projects that run from their own folder, and compared.

`pip download` asks a source release for its metadata, which runs its build code, and is therefore given an
environment of its own in the cache. Nothing else of a release runs outside a box.
"""

import ast
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

BACKENDS = "setuptools<81 wheel setuptools-scm hatchling hatch-vcs flit-core poetry-core pdm-backend"
SECONDS = 300.0
LARGEST = 1_000_000
LEFT_OUT = ("doc", "docs", "examples", "bench", "benchmarks", "scripts", "tools", "setup.py", "noxfile.py")

Places = dict[str, tuple[int, int]]
"""First and last line of each function, decorators included, by qualified name."""


def fetched(package: str, version: str, cache: Path) -> Path:
    """The source archive of one release, downloaded once, without dependencies."""
    folder = cache / "releases" / f"{package}-{version}"
    if not list(folder.glob("*.*")):
        pip = [str(_fetcher(cache)), "-m", "pip", "download", "--quiet", "--no-deps", "--no-build-isolation"]
        command = [*pip, "--no-binary", ":all:", "-d", str(folder), f"{package}=={version}"]
        subprocess.run(command, check=True, timeout=SECONDS, stderr=subprocess.DEVNULL)
    return next(folder.glob("*.*"))


def _fetcher(cache: Path) -> Path:
    python = cache / "fetcher" / "bin" / "python"
    if not (cache / "fetcher" / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(cache / "fetcher")], check=True, timeout=SECONDS)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *BACKENDS.split()], check=True, timeout=SECONDS
        )
        (cache / "fetcher" / "ready").touch()
    return python


def project(archive: Path, package: str, version: str) -> dict[str, bytes]:
    """The files of a release that its tests need, by path; `src/` is taken off, so that modules are found.

    Settings of test runners are left out; `importlib.metadata` knows the release as if it were installed.
    """
    files = {}
    for name, data in _members(archive):
        path = name.partition("/")[2].removeprefix("src/")
        first, _, inside = path.partition("/")
        if path == "PKG-INFO":
            files[f"{package.replace('-', '_')}-{version}.dist-info/METADATA"] = data
        if first in LEFT_OUT or first.startswith(".") or first.endswith(".egg-info"):
            continue
        if inside or path.endswith(".py"):
            files[path] = data
    return files


def _members(archive: Path) -> list[tuple[str, bytes]]:
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            return [
                (info.filename, opened.read(info)) for info in opened.infolist() if info.file_size < LARGEST
            ]
    with tarfile.open(archive) as tar:
        found = []
        for member in tar.getmembers():
            data = tar.extractfile(member) if member.isfile() and member.size < LARGEST else None
            if data is not None:
                found.append((member.name, data.read()))
        return found


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests of a package, data included."""
    *folders, name = path.split("/")
    return bool({"test", "tests", "testing"} & set(folders)) or name.startswith(("test_", "conftest"))


def is_test_module(path: str) -> bool:
    """Whether pytest would collect it by its name."""
    name = path.rsplit("/", 1)[-1]
    return path.endswith(".py") and (name.startswith("test_") or name == "tests.py")


def places(text: str) -> Places:
    """All functions and methods, but for those inside functions; none where the text does not parse."""
    found: Places = {}

    def look(body: Sequence[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                found[prefix + node.name] = (first, node.end_lineno or node.lineno)
            elif isinstance(node, ast.ClassDef):
                look(node.body, f"{prefix}{node.name}.")

    try:
        look(ast.parse(text).body, "")
    except SyntaxError:
        return {}
    return found


def changed(older: str, newer: str) -> list[str]:
    """Functions that both texts have, but whose code differs; docstrings, comments and layout aside."""
    before, after = places(older), places(newer)
    return [
        name
        for name in after
        if name in before and _meaning(cut(older, before[name])) != _meaning(cut(newer, after[name]))
    ]


def cut(text: str, place: tuple[int, int]) -> str:
    return "".join(text.splitlines(keepends=True)[place[0] - 1 : place[1]])


def _meaning(function: str) -> str | None:
    indented = function[: len(function) - len(function.lstrip())]
    try:
        tree = ast.parse(f"if 1:\n{function}" if indented else function)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [  # type: ignore[attr-defined]
                one for one in body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
            ]
    return ast.dump(tree)


def with_functions_of(older: str, newer: str, names: Sequence[str]) -> str:
    """The newer text, some of its functions as they were in the older one."""
    before, after = places(older), places(newer)
    lines = newer.splitlines(keepends=True)
    for name in sorted(names, key=lambda name: after[name], reverse=True):
        first, last = after[name]
        lines[first - 1 : last] = cut(older, before[name]).splitlines(keepends=True)
    return "".join(lines)


def without_functions(text: str, names: Sequence[str]) -> str:
    """A text that has no longer some of its functions; a class that loses all it had keeps `pass`."""
    found = places(text)
    lines = text.splitlines(keepends=True)
    for name in sorted(names, key=lambda name: found[name], reverse=True):
        first, last = found[name]
        head = lines[first - 1]
        indent = head[: len(head) - len(head.lstrip())]
        lines[first - 1 : last] = [f"{indent}pass\n"] if indent else []
    return "".join(lines)


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The programs of a project that can be read, its tests left out."""
    found = {}
    for path, data in files.items():
        if path.endswith(".py") and not is_test(path):
            try:
                found[path] = data.decode()
            except UnicodeDecodeError:
                continue
    return found
