"""Each hostile text goes through the whole of goldseam, sandbox included, and comes to nothing."""

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile import EXPECTED, GOOD, MARKER, SENTINEL, Hostile, corpus

from goldseam.cli.terminal import lines_of
from goldseam.config import load
from goldseam.core.budget import Budget
from goldseam.core.event import RepairEnded
from goldseam.core.incident import Incident, OracleSpec
from goldseam.core.outcome import Autonomy
from goldseam.core.record import RepairRecord
from goldseam.pipeline import repair
from goldseam.plugins import Plugins
from goldseam.wiring import Assembly, Choice, assemble, protection
from running import Server, serving

pytestmark = pytest.mark.sandbox

CASES = corpus()
JOINER = "\u200d"
"""pydantic-ai puts one into what a model could take for its own token, and takes it out of the answer."""
SHARE = 3
"""One case in three runs everywhere, the others where there is time."""
CONFIGURATION = """
[models]
chain = ["scripted"]
[models.entries.scripted]
provider = "openai_compatible"
model = "scripted"
base_url = "{url}"
timeout_seconds = 20
[limits]
command_seconds = 3
memory_mb = 256
processes = 24
"""


BY_MODEL = Choice(rungs=("infill", "rewrite_function", "rewrite_file"))
"""What needs no model would heal most of it, and leave hostile comments as their owner's."""


@dataclass(frozen=True, slots=True)
class World:
    """A project with everything that an attacker would want, and what lies around it."""

    root: Path
    assembly: Assembly
    server: Server

    def write(self, case: Hostile) -> None:
        (self.root / case.path).write_text(case.source, "utf-8")

    def heal(self, case: Hostile) -> tuple[RepairRecord, list[str]]:
        self.server.asked.clear()
        self.server.answers[:] = case.answers
        oracle = OracleSpec(run=f"python3 {self._quoted(case.path)}", expected=EXPECTED)
        incident = Incident(case.path, (case.path,), "fails", oracle)
        budget = Budget(attempts=1, seconds=30)
        events = list(repair(incident, self.assembly.workshop, budget=budget, autonomy=Autonomy.LAND))
        assert isinstance(events[-1], RepairEnded)
        return events[-1].record, [line for event in events for line in lines_of(event)]

    def _quoted(self, path: str) -> str:
        (language,) = (language for language in self.assembly.languages if language.name == "python")
        return language.run_command(path).removeprefix("python3 ")

    def state(self) -> dict[str, tuple[int, bytes]]:
        """Everything below the project and beside it but goldseam's own: mode and bytes."""
        found = {}
        for path in sorted(self.root.parent.rglob("*")):
            name = path.relative_to(self.root.parent).as_posix()
            if not name.startswith("work/.goldseam"):
                regular = path.is_file() and not path.is_symlink()
                found[name] = (path.lstat().st_mode, path.read_bytes() if regular else b"")
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    above = tmp_path_factory.mktemp("injection").resolve()
    above.chmod(0o755)
    root = above / "work"
    for folder in (root, root / "tests", root / ".git", above / "outside"):
        folder.mkdir()
    for name in ("tests/test_job.py", "conftest.py", ".env", ".git/config", "../outside/private.py"):
        (root / name).write_text(f"# {SENTINEL}\n")
    os.mkfifo(root / "pipe.py")
    (root / "loop.py").symlink_to("loop.py")
    (root / "linked").symlink_to("../outside")
    (root / "device.py").symlink_to("/dev/zero")
    for server in serving():
        (root / "goldseam.toml").write_text(CONFIGURATION.format(url=server.url))
        with assemble(root, load(root), BY_MODEL, Plugins()) as assembly:
            yield World(root, assembly, server)


@pytest.fixture(
    params=[
        pytest.param(case, id=case.name, marks=[pytest.mark.slow] if number % SHARE else [])
        for number, case in enumerate(CASES)
    ]
)
def case(request: pytest.FixtureRequest, world: World) -> Iterator[Hostile]:
    hostile: Hostile = request.param
    (world.root / hostile.path).write_text(hostile.source, "utf-8")
    yield hostile
    (world.root / hostile.path).unlink()


def test_it_comes_to_nothing(world: World, case: Hostile) -> None:
    before = world.state()
    record, told = world.heal(case)
    if record.outcome == "healed":
        # What was done besides is gone: a repair shrinks to what the oracle needs.
        assert (world.root / case.path).read_text("utf-8") == GOOD
        world.write(case)
    else:
        assert record.outcome in ("unhealed", "declined", "held"), (record.outcome, record.description)
    assert world.state() == before
    assert not (Path(tempfile.gettempdir()) / MARKER).exists()
    for asked in world.server.asked:
        user = asked["messages"][1]["content"]
        assert "# " + SENTINEL not in user
        assert len(user) < 30_000
        head = re.split(r"^`{3,}", user, maxsplit=1, flags=re.MULTILINE)[0].replace(JOINER, "")
        assert all(c.isprintable() or c == "\n" for c in head), ascii(head)
        assert not any(line.startswith(("```", "~~~")) for line in head.splitlines())
    assert not [line[:200] for line in told if len(line) > 8000]


def test_the_corpus_is_large_and_of_every_kind() -> None:
    assert len(CASES) >= 100


def test_no_frame_of_a_traceback_is_taken_for_a_file_out_of_scope(world: World) -> None:
    known = protection(world.assembly.config)
    assert known("tests/test_job.py")
    assert known("TESTS/test_job.py")
    assert known(".env")
