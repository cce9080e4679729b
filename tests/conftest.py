"""Command lines run for real, and what every test of them needs; see `running.py`."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).parent))

from running import Ended, Nursery, Running, Server, serving

settings.register_profile(
    "busy machine",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("busy machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at all processes and folders of the machine, or uses all cores, runs beside nothing else."""
    for item in items:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if folder in ALONE or item.get_closest_marker("model"):
            item.add_marker(pytest.mark.alone)


ALONE = frozenset({"sandbox", "escape", "land"})
CONFIGURATION = """
[models]
chain = ["scripted"]
[models.entries.scripted]
provider = "openai_compatible"
model = "scripted"
base_url = "{url}"
"""


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def server() -> Iterator[Server]:
    yield from serving()


@dataclass
class Project:
    """A folder with a configuration that asks the scripted server, and the command lines run in it."""

    root: Path
    server: Server
    nursery: Nursery
    home: Path

    def write(self, path: str, data: bytes | str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return file

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def answer(self, *codes: str) -> None:
        self.server.answers[:] = [f"```python\n{code}\n```" for code in codes]

    @property
    def environ(self) -> dict[str, str]:
        bin_folder = Path(sys.executable).parent
        return {
            "PATH": f"{bin_folder}:/usr/local/bin:/usr/bin:/bin",
            "VIRTUAL_ENV": str(bin_folder.parent),
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "TMPDIR": str(self.home / "tmp"),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
            "COLUMNS": "200",
        }

    def start(self, *argv: str, cwd: Path | None = None, **watched: Any) -> Running:
        """Start a command line; for `watched` see `Nursery.start`."""
        return self.nursery.start(argv, cwd=cwd or self.root, environ=self.environ, **watched)

    def run(self, *argv: str, cwd: Path | None = None, **watched: Any) -> Ended:
        return self.start(*argv, cwd=cwd, **watched).wait()

    def json(self, *argv: str, cwd: Path | None = None) -> tuple[int, dict[str, Any]]:
        """Exit code and the one document on standard output, which must follow the schema."""
        ended = self.run(*argv, "--json", cwd=cwd)
        return ended.code, checked(ended.out)

    def result(self, *argv: str) -> tuple[int, dict[str, Any]]:
        code, document = self.json(*argv)
        assert len(document["results"]) == 1, document
        (result,) = document["results"]
        return code, result

    def names(self) -> set[str]:
        """All files below the project but goldseam's own."""
        found = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if not path.is_dir())
        return {name for name in found if not name.startswith((".goldseam/", ".git/"))}

    def leftovers(self) -> list[str]:
        """Processes and temporary files that are still there."""
        below = [str(path) for path in (self.home / "tmp").rglob("*")]
        return self.nursery.left() + below


def checked(printed: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(printed)
    schema = json.loads(files("goldseam.cli").joinpath("schema/goldseam-1.json").read_text())
    Draft202012Validator(schema).validate(document)
    return document


@pytest.fixture
def work(tmp_path: Path, server: Server, nursery: Nursery) -> Project:
    root, home = tmp_path / "work", tmp_path / "home"
    for folder in (root, home, home / "cache", home / "tmp"):
        folder.mkdir()
    tmp_path.chmod(0o755)
    found = Project(root.resolve(), server, nursery, home)
    found.write("goldseam.toml", CONFIGURATION.format(url=server.url))
    return found


@pytest.fixture
def follows_schema() -> Callable[[str], dict[str, Any]]:
    return checked
